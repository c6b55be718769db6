"""Turns sentences into numbers that a model learns from: their letters, their words, and what they are about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise
from typing import Any

from qualcode.autocoding.meaning import N_NUMBERS, Meanings

_LETTERS = range(3, 6)  # lengths of the runs of letters
_WEIGHTS = {"letters": 0.8, "words": 0.6}  # the squares add up to 1
_MOST_LETTERS, _MOST_WORDS = 60_000, 30_000
_MOST_TOPICS = 100
_TEXTS_PER_TOPIC = 10
_MANY_TEXTS = 200  # from which on what stands in one text only is left out
_MOST_KNOWN_WORDS = 200_000
_SEED = 20_261_122

_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_NO_WORD = ["\n"]  # stands in no text; so there always is a word to count


class TextFeatures:
    """What was found out about the words of a project's texts, decided on or not.

    A sentence becomes two or three blocks of length 1 side by side. The first has runs of 3 to 5 letters within words
    (they suit compounds, inflection and both written forms) and words and pairs of words, each weighed by how rare it
    is. The second has topics: the strongest dimensions of the first over all texts (latent semantic analysis). They are
    what the many sentences teach that nobody has decided on. The third, where meanings are given, has what sets the
    sentence's meaning apart from that of all texts.

    Sources: Salton, G. & Buckley, C. (1988), Term-weighting approaches in automatic text retrieval, Information
    Processing & Management 24:513-523; Deerwester, S. et al. (1990), Indexing by latent semantic analysis, Journal of
    the American Society for Information Science 41:391-407.
    """

    def __init__(self, texts: Sequence[str], meanings: Meanings | None = None) -> None:
        """Learn which runs of letters, words and topics there are.

        Args:
            texts: in an order that does not depend on chance.
            meanings: what sentences mean; None for going by letters, words and topics alone.
        """
        import numpy as np
        from sklearn.decomposition import TruncatedSVD
        from sklearn.feature_extraction.text import TfidfVectorizer
        from sklearn.pipeline import FeatureUnion, make_pipeline
        from sklearn.preprocessing import Normalizer

        self._meanings = meanings
        self._usual = np.zeros(N_NUMBERS) if meanings is None or not texts else meanings.of(texts).mean(axis=0)
        fewest = 2 if len(texts) >= _MANY_TEXTS else 1
        words = TfidfVectorizer(
            analyzer=_and_pairs, sublinear_tf=True, min_df=fewest, max_features=_MOST_WORDS, dtype=np.float32
        )
        self._parts = [("letters", _Letters(fewest)), ("words", words)]
        self._counting = FeatureUnion(self._parts, transformer_weights=_WEIGHTS)
        counted = self._counting.fit_transform([*(_words(text) for text in texts), _NO_WORD, _NO_WORD])
        self._terms = words.vocabulary_
        words.analyzer = self._known  # each unknown one would cost an exception
        self.n_topics = min(_MOST_TOPICS, len(texts) // _TEXTS_PER_TOPIC, counted.shape[1] - 1)
        if self.n_topics < 2:
            self.n_topics = 0
            return
        topics = TruncatedSVD(self.n_topics, n_iter=3, random_state=_SEED)
        both = [("counted", "passthrough"), ("topics", make_pipeline(topics, Normalizer()))]
        self._with_topics = FeatureUnion(both).fit(counted)
        self._topics = topics.components_.T.astype(np.float32)

    def rows(self, texts: Sequence[str]) -> Any:
        """A sparse matrix with a row a text."""
        from scipy.sparse import csr_matrix, hstack

        counted = self._counting.transform([_words(text) for text in texts])
        said = self._with_topics.transform(counted) if self.n_topics else counted
        if self._meanings is None:
            return said
        return hstack([said, csr_matrix(self._apart(self._meanings, texts))], format="csr")

    def weighed(self, texts: Sequence[str], weights: Any) -> Any:
        """`rows(texts) @ weights`, in half the time: nothing is put side by side.

        Args:
            weights: an array of features x anything.
        """
        by_words = self.weighed_by_words(texts, weights)
        if self._meanings is None:
            return by_words
        return by_words + self._apart(self._meanings, texts) @ weights[-N_NUMBERS:]

    def _apart(self, meanings: Meanings, texts: Sequence[str]) -> Any:
        """What sets the meanings of texts apart from all others: rows of length 1."""
        import numpy as np

        apart = meanings.of(texts) - self._usual
        lengths = np.sqrt((apart**2).sum(axis=1, keepdims=True))
        return (apart / np.where(lengths > 0, lengths, 1)).astype(np.float32)

    def weighed_by_words(self, texts: Sequence[str], weights: Any) -> Any:
        """Like `weighed`, without what the meanings add."""
        import numpy as np

        if self._meanings is not None:
            weights = weights[:-N_NUMBERS]
        said = [_words(text) for text in texts]
        n_counted = len(weights) - self.n_topics
        weights = np.asarray(weights, dtype=np.float32)
        both = np.hstack([self._topics, weights[:n_counted]]) if self.n_topics else weights
        found, first = np.zeros((len(said), both.shape[1])), 0
        for name, part in self._parts:
            rows = part.transform(said)
            found += _WEIGHTS[name] * (rows @ both[first : first + rows.shape[1]])
            first += rows.shape[1]
        if not self.n_topics:
            return found
        topics, counted = found[:, : self.n_topics], found[:, self.n_topics :]
        lengths = np.sqrt((topics**2).sum(axis=1, keepdims=True))
        return counted + (topics / np.where(lengths > 0, lengths, 1)) @ weights[n_counted:]

    def _known(self, words: Sequence[str]) -> list[str]:
        terms = self._terms
        return [each for each in _and_pairs(words) if each in terms]

    def likeness(self, texts: Sequence[str]) -> Any:
        """Cosines of all pairs, of words, topics and meanings alike, 0 to 1; a square array."""
        import numpy as np

        rows = self.rows(texts)
        n_blocks = 1 + bool(self.n_topics) + (self._meanings is not None)
        cosines = (rows @ rows.T).toarray() / n_blocks
        return np.clip(cosines, 0.0, 1.0)


class _Letters:
    """Runs of letters, counted by way of the words: each is taken apart once, however often it is said."""

    def __init__(self, fewest: int) -> None:
        self._fewest = fewest

    def fit_transform(self, said: Sequence[Sequence[str]], _given: object = None) -> Any:
        import numpy as np
        from sklearn.feature_extraction.text import CountVectorizer, TfidfTransformer

        runs = CountVectorizer(analyzer=_runs, dtype=np.float32)
        by_text, words = _counted_words(said)
        counted = by_text @ runs.fit_transform(words)
        n_with = counted.getnnz(axis=0)
        kept = np.argsort(-n_with, kind="stable")[:_MOST_LETTERS]
        kept = np.sort(kept[n_with[kept] >= self._fewest])
        self._runs = CountVectorizer(
            analyzer=_runs, vocabulary=list(runs.get_feature_names_out()[kept]), dtype=np.float32
        )
        self._rarity = TfidfTransformer(sublinear_tf=True)
        self._forget()
        return self._rarity.fit_transform(counted[:, kept])

    def transform(self, said: Sequence[Sequence[str]]) -> Any:
        if len(self._numbers) >= _MOST_KNOWN_WORDS:
            self._forget()
        counted = self._by_text(said) @ self._of_words
        counted.sort_indices()  # so that sums do not depend on what was asked before
        return self._rarity.transform(counted)

    def _forget(self) -> None:
        """Words that were met and their runs; texts repeat theirs, but there may be any number of texts."""
        import numpy as np
        from scipy.sparse import csr_matrix

        self._numbers: dict[str, int] = {}
        self._of_words: Any = csr_matrix(np.zeros((0, len(self._runs.vocabulary)), dtype=np.float32))

    def _by_text(self, said: Sequence[Sequence[str]]) -> Any:
        """The words of each text by their numbers, twice where they are said twice."""
        import numpy as np
        from scipy.sparse import csr_matrix, vstack

        new = [word for word in dict.fromkeys(chain.from_iterable(said)) if word not in self._numbers]
        if new:
            self._numbers.update(zip(new, range(len(self._numbers), len(self._numbers) + len(new)), strict=True))
            self._of_words = vstack([self._of_words, self._runs.transform(new)], format="csr")
        ends = np.cumsum([0, *map(len, said)])
        numbers = map(self._numbers.__getitem__, chain.from_iterable(said))
        columns = np.fromiter(numbers, dtype=np.int32, count=int(ends[-1]))
        ones = np.ones(len(columns), dtype=np.float32)
        return csr_matrix((ones, columns, ends), shape=(len(said), len(self._numbers)))


def _counted_words(said: Sequence[Sequence[str]]) -> tuple[Any, Any]:
    """How often each text has each word, and the words."""
    import numpy as np
    from sklearn.feature_extraction.text import CountVectorizer

    counting = CountVectorizer(analyzer=list, dtype=np.float32)
    return counting.fit_transform(said), counting.get_feature_names_out()


def _words(text: str) -> list[str]:
    """In lower case, all digits alike."""
    return _WORD.findall(_DIGIT.sub("0", text.casefold()))


def _and_pairs(words: Sequence[str]) -> list[str]:
    return [*words, *(f"{one} {next_one}" for one, next_one in pairwise(words))]


def _runs(word: str) -> list[str]:
    """Runs of letters of a word, with a space where it begins and ends."""
    padded = f" {word} "
    return [padded[at : at + n] for n in _LETTERS for at in range(len(padded) - n + 1)]
