"""Plain loops that the fast code is held against."""

import math

import numpy as np

SUB = 8


def distance_to_segment(x, y, a, b):
    length = (b[0] - a[0]) ** 2 + (b[1] - a[1]) ** 2
    part = 0.0
    if length:
        part = ((x - a[0]) * (b[0] - a[0]) + (y - a[1]) * (b[1] - a[1])) / length
        part = min(max(part, 0.0), 1.0)
    return math.hypot(x - a[0] - part * (b[0] - a[0]), y - a[1] - part * (b[1] - a[1]))


def segments_of(lines):
    return [
        (line[i], line[min(i + 1, len(line) - 1)])
        for line in lines
        for i in range(max(len(line) - 1, 1))
    ]


def covered_by_distance(lines, radius, rows, columns):
    """Coverage from the distance of each pixel's centre to the nearest segment."""
    segments = segments_of(lines)
    ink = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            near = min(distance_to_segment(column + 0.5, row + 0.5, a, b) for a, b in segments)
            ink[row, column] = min(max(radius + 0.5 - near, 0.0), 1.0)
    return ink


def covered(lines, radius, rows, columns):
    """Share of 8×8 places in each pixel that lie within a radius of a line."""
    segments = segments_of(lines)
    ink = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            for place in range(SUB * SUB):
                y = row + (place // SUB + 0.5) / SUB
                x = column + (place % SUB + 0.5) / SUB
                if any(distance_to_segment(x, y, a, b) <= radius for a, b in segments):
                    ink[row, column] += 1 / SUB**2
    return ink


def overlap(a0, a1, b0, b1):
    return max(0.0, min(a1, b1) - max(a0, b0))


def area_average(picture, left, top, step, rows, columns):
    """Each result pixel is the mean of the square of side `step` that lies under it."""
    result = np.zeros((rows, columns))
    for row in range(rows):
        for column in range(columns):
            for y in range(picture.shape[0]):
                for x in range(picture.shape[1]):
                    high = overlap(top + row * step, top + (row + 1) * step, y, y + 1)
                    wide = overlap(left + column * step, left + (column + 1) * step, x, x + 1)
                    result[row, column] += picture[y, x] * high * wide / step**2
    return result
