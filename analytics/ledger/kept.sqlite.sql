-- What was forecast, frozen for a hearing or written about programmes is never changed, never deleted.

CREATE TRIGGER IF NOT EXISTS forecast_runs_never_changed BEFORE UPDATE ON forecast_runs
BEGIN SELECT RAISE(ABORT, 'forecast_runs is only added to: a run is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS forecast_runs_never_deleted BEFORE DELETE ON forecast_runs
BEGIN SELECT RAISE(ABORT, 'forecast_runs is only added to: a run is never deleted.'); END;

CREATE TRIGGER IF NOT EXISTS forecast_series_never_changed BEFORE UPDATE ON forecast_series
BEGIN SELECT RAISE(ABORT, 'forecast_series is only added to: a verdict is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS forecast_series_never_deleted BEFORE DELETE ON forecast_series
BEGIN SELECT RAISE(ABORT, 'forecast_series is only added to: a verdict is never deleted.'); END;

CREATE TRIGGER IF NOT EXISTS forecasts_never_changed BEFORE UPDATE ON forecasts
BEGIN SELECT RAISE(ABORT, 'forecasts is only added to: a forecast is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS forecasts_never_deleted BEFORE DELETE ON forecasts
BEGIN SELECT RAISE(ABORT, 'forecasts is only added to: a forecast is never deleted.'); END;

CREATE TRIGGER IF NOT EXISTS forecast_backtest_never_changed BEFORE UPDATE ON forecast_backtest
BEGIN SELECT RAISE(ABORT, 'forecast_backtest is only added to: it is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS forecast_backtest_never_deleted BEFORE DELETE ON forecast_backtest
BEGIN SELECT RAISE(ABORT, 'forecast_backtest is only added to: it is never deleted.'); END;

CREATE TRIGGER IF NOT EXISTS briefing_drafts_never_changed BEFORE UPDATE ON briefing_drafts
BEGIN SELECT RAISE(ABORT, 'briefing_drafts is only added to: a draft is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS briefing_drafts_never_deleted BEFORE DELETE ON briefing_drafts
BEGIN SELECT RAISE(ABORT, 'briefing_drafts is only added to: a draft is never deleted.'); END;

CREATE TRIGGER IF NOT EXISTS snapshots_never_changed BEFORE UPDATE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots is only added to: a snapshot is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS snapshots_never_deleted BEFORE DELETE ON snapshots
BEGIN SELECT RAISE(ABORT, 'snapshots is only added to: a snapshot is never deleted.'); END;

CREATE TRIGGER IF NOT EXISTS snapshot_files_never_changed BEFORE UPDATE ON snapshot_files
BEGIN SELECT RAISE(ABORT, 'snapshot_files is only added to: a file of a snapshot is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS snapshot_files_never_deleted BEFORE DELETE ON snapshot_files
BEGIN SELECT RAISE(ABORT, 'snapshot_files is only added to: a file of a snapshot is never deleted.'); END;

CREATE TRIGGER IF NOT EXISTS programme_entries_never_changed BEFORE UPDATE ON programme_entries
BEGIN SELECT RAISE(ABORT, 'programme_entries is only added to: an entry is never changed.'); END;

CREATE TRIGGER IF NOT EXISTS programme_entries_never_deleted BEFORE DELETE ON programme_entries
BEGIN SELECT RAISE(ABORT, 'programme_entries is only added to: an entry is never deleted.'); END;
