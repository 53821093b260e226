-- The audit trail. Its tables and functions belong to onroll_audit, which nobody signs in as.
-- The app may add to it through the functions below, and read it. It may do nothing else.

CREATE SCHEMA audit AUTHORIZATION onroll_audit;
SET LOCAL ROLE onroll_audit;

REVOKE ALL ON SCHEMA audit FROM PUBLIC;
GRANT USAGE ON SCHEMA audit TO onroll_app, onroll_owner;

-- What the request or the job said about itself, good for this transaction only.
CREATE FUNCTION audit.said(name text) RETURNS text
LANGUAGE sql STABLE PARALLEL SAFE
RETURN coalesce(pg_catalog.current_setting('onroll.' || name, true), '');

CREATE TABLE audit.change_event (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    txid           bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    actor          text NOT NULL DEFAULT audit.said('actor'),
    actor_id       bigint DEFAULT nullif(audit.said('actor_id'), '')::bigint,
    role           text NOT NULL DEFAULT audit.said('role'),
    session_hash   text NOT NULL DEFAULT audit.said('session'),
    request_id     text NOT NULL DEFAULT audit.said('request_id'),
    source_address text NOT NULL DEFAULT audit.said('source_address'),
    database_user  text NOT NULL DEFAULT session_user,
    code_version   text NOT NULL DEFAULT audit.said('code_version'),
    table_name     text NOT NULL,
    verb           text NOT NULL,
    row_key        text NOT NULL DEFAULT '',
    child_ids      bigint[] NOT NULL DEFAULT '{}',
    before         jsonb,
    after          jsonb,
    CONSTRAINT a_change_inserts_updates_deletes_or_truncates
        CHECK (verb IN ('insert', 'update', 'delete', 'truncate'))
);

CREATE TABLE audit.access_event (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    txid           bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    actor          text NOT NULL,
    actor_id       bigint,
    role           text NOT NULL,
    session_hash   text NOT NULL DEFAULT audit.said('session'),
    request_id     text NOT NULL DEFAULT audit.said('request_id'),
    source_address text NOT NULL DEFAULT audit.said('source_address'),
    database_user  text NOT NULL DEFAULT session_user,
    code_version   text NOT NULL DEFAULT audit.said('code_version'),
    at             timestamptz NOT NULL,
    page           text NOT NULL,
    ground         text NOT NULL,
    reason         text NOT NULL,
    child_ids      bigint[] NOT NULL,
    case_refs      text[] NOT NULL,
    fields         text[] NOT NULL,
    count          integer NOT NULL,
    CONSTRAINT an_access_has_a_person_a_page_and_a_ground
        CHECK (actor <> '' AND page <> '' AND ground <> '')
);

CREATE TABLE audit.security_event (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    recorded_at    timestamptz NOT NULL DEFAULT clock_timestamp(),
    txid           bigint NOT NULL DEFAULT pg_current_xact_id()::text::bigint,
    actor          text NOT NULL,
    actor_id       bigint,
    role           text NOT NULL,
    session_hash   text NOT NULL DEFAULT audit.said('session'),
    request_id     text NOT NULL DEFAULT audit.said('request_id'),
    source_address text NOT NULL DEFAULT audit.said('source_address'),
    database_user  text NOT NULL DEFAULT session_user,
    code_version   text NOT NULL DEFAULT audit.said('code_version'),
    at             timestamptz NOT NULL,
    event          text NOT NULL,
    outcome        text NOT NULL,
    about          text NOT NULL,
    reason         text NOT NULL,
    CONSTRAINT a_security_event_says_what_happened_and_how_it_ended
        CHECK (event <> '' AND outcome <> '')
);

CREATE INDEX change_event_child ON audit.change_event USING gin (child_ids);
CREATE INDEX change_event_at ON audit.change_event USING brin (recorded_at);
CREATE INDEX change_event_actor ON audit.change_event (actor_id, id);
CREATE INDEX access_event_child ON audit.access_event USING gin (child_ids);
CREATE INDEX access_event_actor ON audit.access_event (actor_id, id);
CREATE INDEX access_event_at ON audit.access_event (recorded_at);
CREATE INDEX security_event_actor ON audit.security_event (actor_id, id);
CREATE INDEX security_event_at ON audit.security_event (recorded_at);

-- Not even the role that owns the trail changes it by accident.
CREATE FUNCTION audit.refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'The audit trail is only ever added to.' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER only_ever_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.change_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER only_ever_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.access_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
CREATE TRIGGER only_ever_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON audit.security_event
    FOR EACH STATEMENT EXECUTE FUNCTION audit.refuse();
ALTER TABLE audit.change_event ENABLE ALWAYS TRIGGER only_ever_added_to;
ALTER TABLE audit.access_event ENABLE ALWAYS TRIGGER only_ever_added_to;
ALTER TABLE audit.security_event ENABLE ALWAYS TRIGGER only_ever_added_to;

-- The columns of a table as they go into the trail: those named in `omitted` as a hash only.
CREATE FUNCTION audit.shown_columns(relation oid, omitted text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
RETURN (
    SELECT string_agg(
        CASE
            WHEN attname <> ALL (omitted) THEN quote_ident(attname)
            WHEN atttypid = 'bytea'::regtype
                THEN format('''sha256:'' || encode(sha256(%1$I), ''hex'') AS %1$I', attname)
            ELSE format(
                '''sha256:'' || encode(sha256(convert_to(%1$I::text, ''UTF8'')), ''hex'') AS %1$I',
                attname)
        END, ', ' ORDER BY attnum)
    FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
);

-- Only the keys of `one` whose value differs in `other`.
CREATE FUNCTION audit.differing(one jsonb, other jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, pg_temp
RETURN (
    SELECT jsonb_object_agg(key, value) FROM jsonb_each(one)
    WHERE other -> key IS DISTINCT FROM value
);

-- Fired once a statement; the arguments come from the migration that made the trigger:
-- the key column, an expression giving the child's id (or NULL), the columns to omit.
CREATE FUNCTION audit.record_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
AS $$
DECLARE
    omitted text[] := CASE WHEN TG_NARGS > 2 THEN string_to_array(TG_ARGV[2], ',') ELSE '{}' END;
    shown text := '*';
    said text;
BEGIN
    IF TG_OP = 'TRUNCATE' THEN
        INSERT INTO audit.change_event (table_name, verb) VALUES (TG_TABLE_NAME, 'truncate');
        RETURN NULL;
    END IF;
    IF cardinality(omitted) > 0 THEN
        shown := audit.shown_columns(TG_RELID, omitted);
    END IF;
    said := format('SELECT r.%I::text AS row_key, (%s)::bigint AS child_id, to_jsonb(r) AS whole '
                   'FROM (SELECT %s FROM %%s) r', TG_ARGV[0], TG_ARGV[1], shown);
    IF TG_OP = 'INSERT' THEN
        EXECUTE 'INSERT INTO audit.change_event (table_name, verb, row_key, child_ids, after) '
            'SELECT $1, ''insert'', row_key, array_remove(ARRAY[child_id], NULL), whole FROM ('
            || format(said, 'new_rows') || ') n' USING TG_TABLE_NAME;
    ELSIF TG_OP = 'DELETE' THEN
        EXECUTE 'INSERT INTO audit.change_event (table_name, verb, row_key, child_ids, before) '
            'SELECT $1, ''delete'', row_key, array_remove(ARRAY[child_id], NULL), whole FROM ('
            || format(said, 'old_rows') || ') o' USING TG_TABLE_NAME;
    ELSE
        EXECUTE 'INSERT INTO audit.change_event '
            '(table_name, verb, row_key, child_ids, before, after) '
            'SELECT $1, ''update'', coalesce(o.row_key, n.row_key), '
            'array_remove(CASE WHEN n.child_id IS DISTINCT FROM o.child_id '
            'THEN ARRAY[o.child_id, n.child_id] ELSE ARRAY[n.child_id] END, NULL), '
            'audit.differing(o.whole, n.whole), audit.differing(n.whole, o.whole) FROM ('
            || format(said, 'old_rows') || ') o FULL JOIN (' || format(said, 'new_rows')
            || ') n USING (row_key) WHERE n.whole IS DISTINCT FROM o.whole' USING TG_TABLE_NAME;
    END IF;
    RETURN NULL;
END $$;

CREATE FUNCTION audit.record_access(
    at timestamptz, actor text, actor_id bigint, role text, page text, ground text, reason text,
    child_ids bigint[], case_refs text[], fields text[]
) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO audit.access_event
        (at, actor, actor_id, role, page, ground, reason, child_ids, case_refs, fields, count)
    VALUES ($1, coalesce(nullif($2, ''), audit.said('actor')), $3, $4, $5, $6, $7, $8, $9, $10,
            greatest(cardinality($8), cardinality($9)))
    RETURNING id
$$;

CREATE FUNCTION audit.record_security(
    at timestamptz, actor text, actor_id bigint, role text, event text, outcome text, about text,
    reason text
) RETURNS bigint
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    INSERT INTO audit.security_event (at, actor, actor_id, role, event, outcome, about, reason)
    VALUES ($1, coalesce(nullif($2, ''), nullif(audit.said('actor'), ''), 'anonymous'),
            $3, $4, $5, $6, $7, $8)
    RETURNING id
$$;

-- A function may be called by everyone until this is taken away. Whoever may run record_change
-- could hang it on a table of their own and make events up, so only the owner may.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA audit FROM PUBLIC;
GRANT EXECUTE ON FUNCTION audit.record_change() TO onroll_owner;
GRANT EXECUTE ON FUNCTION audit.record_access(
    timestamptz, text, bigint, text, text, text, text, bigint[], text[], text[]
) TO onroll_app, onroll_owner;
GRANT EXECUTE ON FUNCTION audit.record_security(
    timestamptz, text, bigint, text, text, text, text, text
) TO onroll_app, onroll_owner;
GRANT SELECT ON audit.change_event, audit.access_event, audit.security_event
    TO onroll_app, onroll_owner;

RESET ROLE;
