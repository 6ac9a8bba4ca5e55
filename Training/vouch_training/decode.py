"""From scores to trees, spans and chains, as the runtime does it; for scoring during training."""

import numpy as np

from .corpora import NAME_TAGS, ROLE_TAGS


def is_tree(heads):
    """Whether heads (0 the root, else 1-based) form a tree with one root."""
    if sum(h == 0 for h in heads) != 1:
        return False
    state = [0] * (len(heads) + 1)
    state[0] = 2
    for i in range(1, len(heads) + 1):
        path = []
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            i = heads[i - 1]
        if state[i] == 1:
            return False
        for j in path:
            state[j] = 2
    return True


def arborescence(scores):
    """Heads of the best tree in a matrix [1 + n, 1 + n] of scores[dependent, head] (Chu and Liu 1965, Edmonds 1967)."""
    n = len(scores)
    scores = scores.copy()
    np.fill_diagonal(scores, -np.inf)
    heads = np.concatenate([[0], scores[1:].argmax(1)])
    cycle = find_cycle(heads)
    if cycle is None:
        return heads
    inside = np.zeros(n, bool)
    inside[cycle] = True
    outside = np.flatnonzero(~inside)
    kept = scores[cycle, heads[cycle]]
    m = len(outside)
    small = np.full((m + 1, m + 1), -np.inf)
    small[:m, :m] = scores[np.ix_(outside, outside)]
    to = scores[np.ix_(outside, cycle)]
    small[:m, m] = to.max(1)
    into = scores[np.ix_(cycle, outside)] - kept[:, None]
    small[m, :m] = into.max(0)
    found = arborescence(small)
    result = heads.copy()
    for k, i in enumerate(outside):
        if i:
            result[i] = outside[found[k]] if found[k] < m else cycle[to[k].argmax()]
    entered = into[:, found[m]].argmax()
    result[cycle[entered]] = outside[found[m]]
    return result


def find_cycle(heads):
    state = np.zeros(len(heads), int)
    state[0] = 2
    for start in range(1, len(heads)):
        path, i = [], start
        while state[i] == 0:
            state[i] = 1
            path.append(i)
            i = heads[i]
        if state[i] == 1:
            return np.array(path[path.index(i):])
        for j in path:
            state[j] = 2
    return None


def tree(scores):
    """1-based heads of the best tree with one root; scores [n, 1 + n], column 0 the root."""
    greedy = scores.argmax(1).tolist()
    if is_tree(greedy):
        return greedy
    n = len(scores)
    top = scores.max(1, keepdims=True)
    logs = scores - top - np.log(np.exp(scores - top).sum(1, keepdims=True))
    full = np.full((n + 1, n + 1), -np.inf)
    full[1:] = logs
    best, best_total = None, -np.inf
    for root in np.argsort(-logs[:, 0])[: max(3, 1)]:
        s = full.copy()
        s[1:, 0] = -1e6
        s[root + 1] = -1e6
        s[root + 1, 0] = 0
        heads = arborescence(s)[1:]
        total = logs[np.arange(n), heads].sum()
        if best is None or total > best_total:
            best, best_total = heads, total
    return best.tolist()


# What is added where a span begins right behind another: logarithms of how seldom they touch in the corpora of training.
NAMES_TOUCH = -2.4
ROLES_TOUCH = {
    ("source", "source"): -3, ("cue", "cue"): -3, ("content", "content"): -1, ("source", "content"): -2,
    ("content", "cue"): -0.7}


def spans(scores, tags, touch):
    """(start, end, label) of the best sequence of BIO tags [words, tags] in which no I- stands without its B-.

    `touch` tells what is added where a span of the second label begins right behind one of the first.
    """
    n = len(tags)
    steps, first = np.zeros((n, n)), np.zeros(n)
    for j, later in enumerate(tags):
        for i, earlier in enumerate(tags):
            if later[0] == "I" and earlier[2:] != later[2:]:
                steps[i, j] = -1e9
            elif later[0] == "B" and earlier != "O":
                steps[i, j] = touch(earlier[2:], later[2:])
        first[j] = -1e9 if later[0] == "I" else 0
    sums, before = first + scores[0], []
    for row in scores[1:]:
        paths = sums[:, None] + steps
        before.append(paths.argmax(0))
        sums = paths.max(0) + row
    path = [int(sums.argmax())]
    for row in reversed(before):
        path.append(int(row[path[-1]]))
    found = []
    for k, j in enumerate(reversed(path)):
        if tags[j][0] == "B":
            found.append([k, k + 1, tags[j][2:]])
        elif tags[j][0] == "I":
            found[-1][1] = k + 1
    return [tuple(f) for f in found]


def name_spans(scores):
    return spans(scores, NAME_TAGS, lambda earlier, later: NAMES_TOUCH)


def attributions(roles, pointers):
    """Groups of spans by the anchor that their words point to; groups without content are left out."""
    found = spans(roles, ROLE_TAGS, lambda earlier, later: ROLES_TOUCH.get((earlier, later), 0))
    starts = [s for s, _, _ in found]
    groups = {}
    for s, e, role in found:
        mean = pointers[s:e].mean(0)
        groups.setdefault(max(starts, key=lambda a: (mean[a], -a)), []).append((s, e, role))
    return [g for _, g in sorted(groups.items()) if any(r == "content" for _, _, r in g)]
