-- What was forecast, frozen for a hearing or written about programmes is never changed, never deleted.
-- Runs with the region's schema first in the search path. The lock keeps two processes that open
-- a new ledger at the same moment from making the same trigger.
DO $outer$
DECLARE
    kept text;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('sejahtera ' || current_schema()));
    IF to_regproc(quote_ident(current_schema()) || '.refuse_change') IS NULL THEN
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $inner$
        BEGIN
            RAISE EXCEPTION USING MESSAGE =
                TG_TABLE_NAME || ' is only added to: it is never changed or deleted.';
        END
        $inner$;
    END IF;
    FOREACH kept IN ARRAY
        ARRAY['forecast_runs', 'forecast_series', 'forecasts', 'forecast_backtest',
              'briefing_drafts', 'snapshots', 'snapshot_files', 'programme_entries']
    LOOP
        IF NOT EXISTS (
            SELECT FROM pg_trigger
            WHERE tgrelid = kept::regclass AND tgname = kept || '_kept'
        ) THEN
            EXECUTE 'CREATE TRIGGER ' || quote_ident(kept || '_kept')
                || ' BEFORE UPDATE OR DELETE OR TRUNCATE ON ' || quote_ident(kept)
                || ' FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()';
        END IF;
    END LOOP;
END
$outer$;
