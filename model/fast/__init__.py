"""The fast path: what the reference layers compute, from a plan that is made once for a spec.

Students read model/layers/; tests hold this to it. model/README.md says which part is which.
"""

from model.fast.plan import CHUNK, Images, Plan, Plans, chunk_of

__all__ = ["CHUNK", "Images", "Plan", "Plans", "chunk_of"]
