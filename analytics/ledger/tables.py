"""Tables of the ledger (SQLAlchemy Core). One database file or schema a region: never mixed."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

metadata = MetaData()

# One accepted file or form: its bytes stay retrievable.
batches = Table(
    "batches",
    metadata,
    Column("batch_id", Integer, primary_key=True, autoincrement=True),
    Column("dataset", String(64), nullable=False),
    Column("role", String(16), nullable=False),
    Column("file_name", String(255), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("reader", String(64), nullable=False),
    Column("settings", Text, nullable=False),
    Column("submitted_by", String(128), nullable=False),
    Column("submitted_at", DateTime(timezone=True), nullable=False),
    Column("note", Text, nullable=False, default=""),
)

# Rows of a batch as entered, all in one Parquet table (analytics/ledger/rows.py).
batch_rows = Table(
    "batch_rows",
    metadata,
    Column("batch_id", Integer, ForeignKey("batches.batch_id"), primary_key=True),
    Column("row_count", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# What was found in an office's file; findings and refused rows as Parquet tables.
batch_reports = Table(
    "batch_reports",
    metadata,
    Column("batch_id", Integer, ForeignKey("batches.batch_id"), primary_key=True),
    Column("facts", Text, nullable=False),
    Column("findings", LargeBinary, nullable=False),
    Column("refused", LargeBinary, nullable=False),
)

# Accepted corrections of source errors, each with the raw value as its guard.
corrections = Table(
    "corrections",
    metadata,
    Column("batch_id", Integer, ForeignKey("batches.batch_id"), primary_key=True),
    Column("row_id", Integer, primary_key=True),
    Column("field", String(96), primary_key=True),
    Column("raw_value", Float),
    Column("corrected_value", Float),
    Column("kind", String(64), nullable=False),
    Column("reason", Text, nullable=False),
    Column("evidence", Text, nullable=False),
)

# One published state of all datasets; `manifest` names a file and hash for each.
editions = Table(
    "editions",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("published_at", DateTime(timezone=True), nullable=False),
    Column("published_by", String(128), nullable=False),
    Column("manifest", Text, nullable=False),
    Column("note", Text, nullable=False, default=""),
)

# What an edition added and what it took back; nothing else ever changes a value.
publications = Table(
    "publications",
    metadata,
    Column("edition", Integer, ForeignKey("editions.number"), primary_key=True),
    Column("batch_id", Integer, ForeignKey("batches.batch_id"), primary_key=True),
    Column("action", String(16), nullable=False),  # published or withdrawn
)

# Who did what to a batch, when and why: submitted, published, withdrawn; each at most once.
batch_steps = Table(
    "batch_steps",
    metadata,
    Column("step_id", Integer, primary_key=True, autoincrement=True),
    Column("batch_id", Integer, ForeignKey("batches.batch_id"), nullable=False),
    Column("step", String(16), nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reason", Text, nullable=False, default=""),
    Column("edition", Integer, ForeignKey("editions.number")),
    UniqueConstraint("batch_id", "step", name="uq_batch_steps_once"),
)

# Versions that this ledger has had (analytics/ledger/migrations.py); the highest is in force.
schema_versions = Table(
    "schema_versions",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
)

forecast_runs = Table(
    "forecast_runs",
    metadata,
    Column("run_id", Integer, primary_key=True, autoincrement=True),
    Column("edition", Integer, ForeignKey("editions.number"), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("engine", String(64), nullable=False),
    Column("seed", Integer, nullable=False),
    Column("parameters", Text, nullable=False),
)

# One series of a run: its verdict, scores and what was done to it at the door.
forecast_series = Table(
    "forecast_series",
    metadata,
    Column("run_id", Integer, ForeignKey("forecast_runs.run_id"), primary_key=True),
    Column("unique_id", String(320), primary_key=True),
    Column("input_sha256", String(64), nullable=False),
    Column("status", String(16), nullable=False),
    Column("model", String(64), nullable=False),
    Column("reason", String(64), nullable=False),
    Column("reason_values", Text, nullable=False),
    Column("scores", Text, nullable=False),
    Column("treatments", Text, nullable=False),
    Column("failures", Text, nullable=False),
)

forecasts = Table(
    "forecasts",
    metadata,
    Column("run_id", Integer, ForeignKey("forecast_runs.run_id"), primary_key=True),
    Column("unique_id", String(320), primary_key=True),
    Column("ds", Date, primary_key=True),
    Column("forecast", Float),
    Column("lo_80", Float),
    Column("hi_80", Float),
    Column("lo_95", Float),
    Column("hi_95", Float),
)

forecast_backtest = Table(
    "forecast_backtest",
    metadata,
    Column("run_id", Integer, ForeignKey("forecast_runs.run_id"), primary_key=True),
    Column("unique_id", String(320), primary_key=True),
    Column("model", String(64), primary_key=True),
    Column("origin", Date, primary_key=True),
    Column("ds", Date, primary_key=True),
    Column("horizon", Integer, nullable=False),
    Column("y", Float),
    Column("forecast", Float),
    Column("lo_80", Float),
    Column("hi_80", Float),
    Column("lo_95", Float),
    Column("hi_95", Float),
)

# One look for warnings: what it saw and what it changed.
warning_runs = Table(
    "warning_runs",
    metadata,
    Column("run_id", Integer, primary_key=True, autoincrement=True),
    Column("edition", Integer, ForeignKey("editions.number"), nullable=False),
    Column("as_of", Date, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("judged", Integer, nullable=False),
    Column("stopped", Integer, nullable=False),
    Column("details", Text, nullable=False),
)

# Warnings as they were raised; never changed. What became of one stands in its events.
warnings = Table(
    "warnings",
    metadata,
    Column("warning_id", Integer, primary_key=True, autoincrement=True),
    Column("run_id", Integer, ForeignKey("warning_runs.run_id"), nullable=False),
    Column("series", String(320), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("level", String(16), nullable=False),
    Column("freq", String(8), nullable=False),
    Column("since", Date, nullable=False),
    Column("observed", Date, nullable=False),
    Column("price", Float, nullable=False),
    Column("office", String(64), nullable=False),
    Column("deadline", Date, nullable=False),
    Column("cool_down_days", Integer, nullable=False),
    Column("details", Text, nullable=False),
    # One observation raises a warning of a kind once, also when two jobs run at the same time.
    UniqueConstraint("series", "kind", "observed", name="uq_warnings_observation"),
)

# What was done: acknowledged, acted, escalated, closed. `who` is empty where a rule did it.
warning_events = Table(
    "warning_events",
    metadata,
    Column("event_id", Integer, primary_key=True, autoincrement=True),
    Column("warning_id", Integer, ForeignKey(warnings.c.warning_id), nullable=False),
    Column("action", String(16), nullable=False),
    Column("who", String(128), nullable=False),
    Column("at", DateTime(timezone=True), nullable=False),
    Column("reason", String(32), nullable=False),
    Column("note", Text, nullable=False),
    Column("price", Float),
    Column("observed", Date),
)
Index(
    "uq_warning_events_closed",
    warning_events.c.warning_id,
    unique=True,
    sqlite_where=warning_events.c.action == "closed",
    postgresql_where=warning_events.c.action == "closed",
)

# What the board of the command center shows, as its team set it; the newest one is in force.
board_plans = Table(
    "board_plans",
    metadata,
    Column("plan_id", Integer, primary_key=True, autoincrement=True),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Column("saved_by", String(128), nullable=False),
    Column("content", Text, nullable=False),
)

# Why two figures for one quantity differ, as an officer wrote it; the newest one counts.
two_figure_reasons = Table(
    "two_figure_reasons",
    metadata,
    Column("reason_id", Integer, primary_key=True, autoincrement=True),
    Column("ref_area", String(16), nullable=False),
    Column("item", String(96), nullable=False),
    Column("indicator", String(128), nullable=False),
    Column("period", String(32), nullable=False),
    Column("reason", Text, nullable=False),
    Column("written_by", String(128), nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("edition", Integer, ForeignKey("editions.number"), nullable=False),
    Index("ix_two_figure_reasons_quantity", "ref_area", "item", "indicator"),
)

# Answers, evidence and follow-up that offices write about programmes; the newest one counts.
programme_entries = Table(
    "programme_entries",
    metadata,
    Column("entry_id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(192), nullable=False),
    Column("words", Text, nullable=False),
    Column("address", String(500), nullable=False, default=""),
    Column("dated", Date),
    Column("file_name", String(255), nullable=False, default=""),
    Column("sha256", String(64), nullable=False, default=""),
    Column("content", LargeBinary),
    Column("written_by", String(128), nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False),
    Column("edition", Integer, ForeignKey("editions.number"), nullable=False),
    Index("ix_programme_entries_subject", "kind", "subject"),
)

# A briefing that is being prepared, as JSON; every saving adds a row, the newest of a name counts.
briefing_drafts = Table(
    "briefing_drafts",
    metadata,
    Column("draft_id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("saved_by", String(128), nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
    Index("ix_briefing_drafts_name", "name"),
)

# A briefing frozen for a hearing: what it was made from and every number and text in it.
snapshots = Table(
    "snapshots",
    metadata,
    Column("snapshot_id", String(16), primary_key=True),
    Column("edition", Integer, ForeignKey("editions.number"), nullable=False),
    Column("language", String(4), nullable=False),
    Column("title", Text, nullable=False),
    Column("draft", Text, nullable=False),
    Column("figures", LargeBinary, nullable=False),
    Column("figures_sha256", String(64), nullable=False),
    Column("runs", Text, nullable=False),
    Column("today", Date, nullable=False),
    Column("code_version", String(64), nullable=False),
    Column("created_by", String(128), nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
)

# The files of a snapshot, byte for byte.
snapshot_files = Table(
    "snapshot_files",
    metadata,
    Column("snapshot_id", String(16), ForeignKey("snapshots.snapshot_id"), primary_key=True),
    Column("suffix", String(8), primary_key=True),
    Column("sha256", String(64), nullable=False),
    Column("content", LargeBinary, nullable=False),
)

# Mappings of strange tables (analytics/ingest/profiles.py); the newest of a name counts.
mapping_profiles = Table(
    "mapping_profiles",
    metadata,
    Column("profile_id", Integer, primary_key=True, autoincrement=True),
    Column("name", String(128), nullable=False),
    Column("dataset", String(64), nullable=False),
    Column("content", Text, nullable=False),
    Column("saved_by", String(128), nullable=False),
    Column("saved_at", DateTime(timezone=True), nullable=False),
)
