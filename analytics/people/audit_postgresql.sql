CREATE OR REPLACE FUNCTION people.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the audit log is only added to'; END $$
--;
CREATE TRIGGER audit_log_unchanged BEFORE UPDATE OR DELETE ON people.audit_log
FOR EACH ROW EXECUTE FUNCTION people.refuse_change()
--;
CREATE TRIGGER audit_log_not_emptied BEFORE TRUNCATE ON people.audit_log
FOR EACH STATEMENT EXECUTE FUNCTION people.refuse_change()
