-- A register of any size, all made up: %(children)s children, and cases added in steps.
-- Run by a superuser with session_replication_role = replica: no audit trail, no foreign keys checked.

INSERT INTO schools_school (id, urn, la_code, establishment, name, phase, kind, is_open,
    lowest_age, highest_age, postcode, phone, is_reporting)
SELECT n, (990000 + n)::text, '310', (2000 + n)::text, 'Made-up School ' || n, 'Primary', '', true,
    3, 18, 'HA1 1AA', '', true
FROM generate_series(1, 60) n;

INSERT INTO schools_term (name, starts_on, ends_on)
SELECT 'A term of ' || y, make_date(y, m, 3), make_date(y, m, 3) + 95
FROM generate_series(2022, 2028) y, unnest(array[1, 4, 9]) m;

INSERT INTO children_source (id, kind, reference, said_by, said_on, recorded_at)
SELECT n, 'file', '', 'Made-up School ' || n, current_date - n, now() - make_interval(days => n)
FROM generate_series(1, 60) n;

INSERT INTO children_child (id, ref, forename, middle_names, surname, chosen_forename,
    chosen_surname, born_on, is_born_estimated, sex, home_la_code, is_protected, search_keys,
    source_id)
SELECT n, to_char(n, 'FM000"-"000"-"000'), f.forename, '', s.surname, '', '',
    current_date - (1700 + n * 7919::bigint %% 4100)::int, false, f.sex, '310', false,
    f.forename_keys || s.surname_keys, 1 + n %% 60
FROM generate_series(1, %(children)s) n
JOIN name f ON f.id = 1 + n * 7907::bigint %% %(names)s
JOIN name s ON s.id = 1 + n * 104723::bigint %% %(names)s;

INSERT INTO children_identifier (child_id, kind, value, source_id)
SELECT n, 'upn', 'A310' || to_char(n, 'FM000000000'), 1 + n %% 60
FROM generate_series(1, %(children)s) n;

INSERT INTO children_place (child_id, kind, school_id, provision, from_on, ground_letter,
    leaving_reason, is_confirmed, source_id)
SELECT n, 'registered', 1 + n %% 60, '', current_date - 400 - n %% 900, '', '', true, 1 + n %% 60
FROM generate_series(1, %(children)s) n;

INSERT INTO children_address (child_id, kind, lines, town, postcode, uprn, country, is_protected,
    source_id)
SELECT n, 'home', array[(1 + n %% 200) || ' Made-up Road'], 'Harrow', 'HA' || 1 + n %% 9 || ' 1AA', '',
    '', false, 1 + n %% 60
FROM generate_series(1, %(children)s) n;

INSERT INTO children_adult (id, title, forename, surname, phones, email, source_id)
SELECT n, 'Ms', 'Made-up', 'Adult', array['07700 900' || to_char(n %% 1000, 'FM000')], '', 1 + n %% 60
FROM generate_series(1, %(children)s) n;

INSERT INTO children_relationship (child_id, adult_id, kind, "order", has_responsibility,
    lives_with_child, source_id)
SELECT n, n, 'PAM', 1, true, true, 1 + n %% 60
FROM generate_series(1, %(children)s) n;
