"""A project's own settings: one row each, JSON values."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import insert, select, update

from qualcode.store.database import Database
from qualcode.store.schema import setting


def read(db: Database, key: str, default: Any) -> Any:
    """The value of a setting, or the default while it was never set."""
    value = db.connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
    return default if value is None else json.loads(value)


def write(db: Database, key: str, value: Any) -> None:
    """Set a setting; nothing is written when it has that value already."""
    text = json.dumps(value, ensure_ascii=False)
    old = db.connection.execute(select(setting.c.value).where(setting.c.key == key)).scalar()
    if old is None:
        db.connection.execute(insert(setting).values(key=key, value=text))
    elif old != text:
        db.connection.execute(update(setting).where(setting.c.key == key).values(value=text))
