-- Children of any number in the register's own tables, 17 in 10 homes: %(children)s of them, made up.
-- Run by a superuser with session_replication_role = replica: no audit trail, no foreign keys checked.

CREATE FUNCTION pg_temp.chance(n bigint, salt int) RETURNS float8 LANGUAGE sql IMMUTABLE AS
$$ SELECT (hashint8extended(n, salt) & 1073741823) / 1073741824.0 $$;

CREATE TEMP TABLE made AS
SELECT n, n * 10 / 17 AS home,
    1 + floor(power(pg_temp.chance(n, 1), 2.2) * %(forenames)s)::int AS forename,
    1 + floor(power(pg_temp.chance(n * 10 / 17, 2), 2.5) * %(surnames)s)::int AS surname,
    date '2007-09-01' + floor(pg_temp.chance(n, 3) * 5840)::int AS born,
    pg_temp.chance(n, 4) < 0.5 AS is_girl
FROM generate_series(1::bigint, %(children)s) n;

INSERT INTO children_source (id, kind, reference, said_by, said_on, recorded_at)
VALUES (1, 'list', '', 'The bench', current_date, now());

INSERT INTO children_child (id, ref, forename, middle_names, surname, chosen_forename,
    chosen_surname, born_on, is_born_estimated, sex, home_la_code, is_protected, search_keys,
    source_id)
SELECT n, to_char(n, 'FM000"-"000"-"000'), f.name, '', s.name, '', '', born, false,
    CASE WHEN is_girl THEN 'F' ELSE 'M' END, '310', false, f.keys || s.keys || (
        SELECT array_agg(DISTINCT 'p:' || least(a, b) || '+' || greatest(a, b) || half)
        FROM unnest(f.sounds) a, unnest(s.sounds) b,
            unnest(array['', to_char(born, ':YYYY'), to_char(born, ':MMDD')]) half), 1
FROM made JOIN forename f ON f.id = made.forename JOIN surname s ON s.id = made.surname;

INSERT INTO children_identifier (child_id, kind, value, source_id)
SELECT n, 'upn', substr('ABCDEFGHJKLMNPQRTUVWXYZ', 1 + (
    SELECT sum(substr(digits, i, 1)::int * (i + 1)) FROM generate_series(1, 12) i)::int %% 23, 1)
    || digits, 1
FROM (SELECT n, to_char(310000000000 + n * 7919 %% 89999999999, 'FM000000000000') AS digits
    FROM made) numbered;

INSERT INTO children_address (child_id, kind, lines, town, postcode, uprn, country, is_protected,
    source_id)
SELECT n, 'home', array[(1 + floor(pg_temp.chance(home, 5) * 120)) || ' Made-up Road'], '',
    'HA' || post %% 90 + 1 || ' ' || post / 90 %% 10
        || substr('ABDEFGHJLNPQRSTUWXYZ', 1 + (post / 900 %% 20)::int, 1)
        || substr('ABDEFGHJLNPQRSTUWXYZ', 1 + (post / 18000 %% 20)::int, 1), '', '', false, 1
FROM (SELECT n, home, floor(pg_temp.chance(home, 6) * %(postcodes)s)::bigint AS post
    FROM made) homes;

INSERT INTO children_adult (id, title, forename, surname, phones, email, source_id)
SELECT n, 'Ms', 'Made-up', s.name, array['07' || to_char(home, 'FM000000000')], '', 1
FROM made JOIN surname s ON s.id = made.surname;

INSERT INTO children_relationship (child_id, adult_id, kind, "order", has_responsibility,
    lives_with_child, source_id)
SELECT n, n, 'PAM', 1, true, true, 1 FROM made;
