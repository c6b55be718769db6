"""Kernel ridge regression where each case has few of very many features.

The equations are solved by conjugate gradients: neither the kernel, as large as the cases squared, nor a factor of it
is ever made, so that twice as many cases take little more than twice as long. Columns share the ways that each of them
finds (block conjugate gradients), and the features that weigh most are solved exactly beforehand (a preconditioner):
both make the steps fewer. What was solved is kept for the next time.

Sources: Saunders, Gammerman and Vovk (1998), Ridge Regression Learning Algorithm in Dual Variables; Hestenes and
Stiefel (1952), Methods of Conjugate Gradients for Solving Linear Systems, Journal of Research of the National Bureau
of Standards 49:409-436; O'Leary (1980), The Block Conjugate Gradient Algorithm and Related Methods, Linear Algebra and
its Applications 29:293-322; Woodbury (1950), Inverting Modified Matrices.
"""

from __future__ import annotations

from typing import Any

from qualcode.autocoding.kept import WORTH_KEEPING, digest_of, keep, kept

_SOLVED_EXACTLY = 200  # features
_NEAR_ENOUGH = 3e-6  # what may be left, beside the length of what is asked for
_MOST_STEPS = 1_000
_COLUMNS_AT_ONCE = 64
_SAME_WAY = 1e-7  # ways that differ by less, beside the widest, are one
_SEED = 20_261_122
_METHOD = 3  # is raised when what is solved is solved in another way


def feature_weights(counts: Any, of_cases: Any, of_features: Any, wanted: Any, penalty: float) -> Any:
    """What each feature weighs for each of the columns that are asked for.

    With values = counts, each multiplied by a factor of its case and one of its feature, these are
    `values.T @ inverse(values @ values.T + penalty * identity) @ wanted`, to about the sixth digit.

    Args:
        counts: how often each case has each feature; a sparse matrix (SciPy, by rows) of cases x features.
        of_cases: a factor for each case, float32.
        of_features: a factor for each feature, float32.
        wanted: cases x columns, float32.
        penalty: above 0.

    Returns:
        features x columns, float32.
    """
    import numpy as np

    if not counts.nnz:
        return np.zeros((counts.shape[1], wanted.shape[1]), dtype=np.float32)
    given = (_METHOD, _SOLVED_EXACTLY, _NEAR_ENOUGH, penalty, counts.indptr, counts.indices, counts.data)
    name = digest_of((*given, of_cases, of_features, wanted)) if len(wanted) >= WORTH_KEEPING else ""
    of_cases = of_cases[:, None]
    solved = kept(name, wanted.shape) if name else None
    if solved is None:
        solved = _Equations(_together(counts, of_features), of_cases, np.float32(penalty)).solved(wanted)
        if name:
            keep(name, solved)
    weights = np.asarray(counts.T @ (of_cases * solved), dtype=np.float32)
    weights *= of_features[:, None]  # in place: it is the largest of all that is here
    return weights


def _together(counts: Any, of_features: Any) -> Any:
    """Values with one column for all features that the same cases have equally often: products stay what they are.

    A piece of a word that stands in no other word is such a feature: half of all are. They are known by a sum of
    random numbers, one for each case.
    """
    import numpy as np
    from scipy.sparse import csc_array

    columns = counts.tocsc()
    filled = np.flatnonzero(np.diff(columns.indptr))
    columns = columns[:, filled]
    names = np.random.default_rng(_SEED).integers(1, 2**63, size=columns.shape[0], dtype=np.uint64)
    sums = np.add.reduceat(names[columns.indices] * columns.data.astype(np.uint64), columns.indptr[:-1])
    _sums, first, place = np.unique(sums, return_index=True, return_inverse=True)
    strengths = np.sqrt(np.bincount(place, of_features[filled].astype(np.float64) ** 2))
    n_with = np.diff(columns.indptr)[first]
    in_order = np.argsort(-n_with, kind="stable")  # what is needed often stands together: a third of the time
    first, strengths = first[in_order], strengths[in_order]
    kept = columns[:, first]
    values = kept.data * np.repeat(strengths, np.diff(kept.indptr)).astype(np.float32)
    return csc_array((values, kept.indices, kept.indptr), shape=kept.shape)


class _Equations:
    """`values @ values.T + penalty * identity`, as a product and as a guess at its inverse.

    A feature that one case has adds only to that case's product with itself, so it is added there.
    """

    def __init__(self, values: Any, of_cases: Any, penalty: Any) -> None:
        import numpy as np

        n_with = np.diff(values.indptr)
        alone, shared = values[:, np.flatnonzero(n_with == 1)], values[:, np.flatnonzero(n_with > 1)]
        self._own = _squares(alone.tocsr()) * of_cases**2 + penalty
        self._values = shared.tocsr()
        self._values.data *= np.repeat(of_cases[:, 0], np.diff(self._values.indptr))
        self._turned = self._values.T.tocsr()
        strengths = _squares(self._turned)[:, 0]
        chosen = self._values[:, np.argsort(-strengths, kind="stable")[:_SOLVED_EXACTLY]]
        others = _squares(self._values) - _squares(chosen)
        self._scale = 1 / (self._own + np.maximum(others, 0))
        self._chosen = chosen.multiply(self._scale).tocsr()
        self._chosen_turned = self._chosen.T.tocsr()
        inner = (chosen.T @ self._chosen).toarray().astype(np.float64) + np.eye(chosen.shape[1])
        self._inner = np.linalg.inv(inner).astype(np.float32)

    def solved(self, wanted: Any) -> Any:
        """What gives the wanted columns when it is put into the equations."""
        import numpy as np

        found = np.zeros_like(wanted)
        asked = np.flatnonzero(wanted.any(axis=0))
        for first in range(0, len(asked), _COLUMNS_AT_ONCE):
            columns = asked[first : first + _COLUMNS_AT_ONCE]
            found[:, columns] = self._solved_together(np.ascontiguousarray(wanted[:, columns]))
        return found

    def _solved_together(self, wanted: Any) -> Any:
        """The same for some columns, none of them empty; all steps go along the ways of all."""
        import numpy as np

        found, left = np.zeros_like(wanted), wanted.copy()
        near_enough = _NEAR_ENOUGH**2 * (wanted**2).sum(axis=0)
        ways = self._guessed(left)
        for _step in range(_MOST_STEPS):
            if ((left**2).sum(axis=0) <= near_enough).all():
                break
            sizes = np.sqrt((ways**2).sum(axis=0))
            ways = ways[:, sizes > 0] / sizes[sizes > 0]
            gone = self._values @ (self._turned @ ways) + self._own * ways
            inverse = _inverse((ways.T @ gone).astype(np.float64))
            lengths = (inverse @ (ways.T @ left)).astype(np.float32)
            found += ways @ lengths
            left -= gone @ lengths
            guessed = self._guessed(left)
            ways = guessed - ways @ (inverse @ (gone.T @ guessed)).astype(np.float32)
        return found

    def _guessed(self, left: Any) -> Any:
        return self._scale * left - self._chosen @ (self._inner @ (self._chosen_turned @ left))


def _squares(rows: Any) -> Any:
    """The sum of the squares in each row of a sparse matrix, as a column."""
    import numpy as np

    return np.asarray(rows.multiply(rows).sum(axis=1), dtype=np.float32).reshape(-1, 1)


def _inverse(products: Any) -> Any:
    """The inverse of a symmetric matrix, in the directions in which it has one."""
    import numpy as np

    strengths, directions = np.linalg.eigh((products + products.T) / 2)
    clear = strengths > _SAME_WAY * strengths[-1]
    directions = directions[:, clear]
    return (directions / strengths[clear]) @ directions.T
