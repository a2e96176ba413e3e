// What the server says when it says no: a sentence, out of its problem+json.

/** The server answered, and the answer is a sentence for the user. */
export class Refusal extends Error {
  /**
   * @param {number} status
   * @param {string} sentence
   */
  constructor(status, sentence) {
    super(sentence);
    this.name = 'Refusal';
    this.status = status;
  }
}

/** Nobody answered, or only a gateway in front of the server. */
export class Away extends Error {}

/** The server is there, and has more to do than it can: the same may be asked again later. */
export class Busy extends Away {
  /** @param {number} seconds until then */
  constructor(seconds) {
    super();
    this.seconds = seconds;
  }
}

const GATEWAY = new Set([502, 503, 504]);

/**
 * The answer itself when it is a good one; otherwise throws what it means.
 *
 * @param {Promise<Response>} asked
 * @returns {Promise<Response>}
 */
export async function answered(asked) {
  const answer = await asked.catch(() => {
    throw new Away();
  });
  if (answer.ok) return answer;
  if (answer.status === 503) throw busyOf(answer) ?? new Away();
  if (GATEWAY.has(answer.status)) throw new Away();
  throw new Refusal(answer.status, await sentenceOf(answer));
}

/**
 * A gateway may say Retry-After, too, but not as a problem.
 *
 * @param {Response} answer
 */
function busyOf({ headers }) {
  const seconds = Number(headers.get('Retry-After') ?? NaN);
  const ours = headers.get('Content-Type')?.startsWith('application/problem+json');
  return ours && Number.isFinite(seconds) ? new Busy(seconds) : null;
}

/** @param {Response} answer */
async function sentenceOf(answer) {
  const problem = await answer.json().catch(() => null);
  const sentence = problem?.detail ?? problem?.title;
  return typeof sentence === 'string' ? sentence : `The server refused this (${answer.status}).`;
}
