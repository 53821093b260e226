-- Open cases from number %(from)s to %(to)s, each of another child, with all that hangs on a case.

INSERT INTO cases_case (id, ref, child_id, reason, stage, owner_id, school_id, opened_from_id,
    opened_on, missing_since_on, is_since_known, is_whereabouts_known, missed_change, outcome, version)
SELECT n, to_char(n, 'FM000"-"000"-"000'), n * %(apart)s,
    (array['unknown_destination', 'no_answer', 'never_arrived', 'moved_in'])[1 + n %% 4],
    (array['reported', 'enquiries', 'enquiries', 'located', 'untraced'])[1 + n %% 5],
    CASE WHEN n %% %(nobodys)s <> 0
        THEN ('%(owners)s'::bigint[])[1 + n %% array_length('%(owners)s'::bigint[], 1)] END, 1 + n %% 60, 1 + n %% 60,
    current_date - n %% 300, current_date - n %% 300 - 1, true, n %% 5 = 3, 'not_known', '', 0
FROM generate_series(%(from)s, %(to)s) n;

UPDATE children_place SET to_on = current_date - 1 - (child_id / %(apart)s)::int %% 300,
    ended_by_id = source_id
WHERE child_id %% %(apart)s = 0 AND child_id / %(apart)s BETWEEN %(from)s AND %(to)s;

INSERT INTO cases_casereason (case_id, code, because, clause, source_id, added_at, withdrawn_why)
SELECT id, reason, 'The school says nobody knows where the child went.', 'Regs 2024 reg 9(1)(h)',
    opened_from_id, now(), ''
FROM cases_case WHERE id BETWEEN %(from)s AND %(to)s;

INSERT INTO clocks_deadline (child_id, subject, subject_id, clock, starts_on, due_on, met_on,
    ended_why)
SELECT child_id, 'case', id, clock, opened_on, opened_on + days,
    CASE WHEN is_met AND id %% 2 = 0 THEN opened_on END, ''
FROM cases_case,
    (VALUES ('triage_1', 1, true), ('first_enquiries_5', 7, true), ('cml_20', 28, false),
        ('four_week_point', 28, false)) AS c (clock, days, is_met)
WHERE id BETWEEN %(from)s AND %(to)s;

INSERT INTO cases_alert (case_id, kind, quote, is_unsure, raised_at, settled_why)
SELECT id, 'lead', 'Seen.', false, now(), ''
FROM cases_case WHERE id BETWEEN %(from)s AND %(to)s AND id %% 3 = 0;

INSERT INTO cases_step (case_id, what, why, stage, at, by_id)
SELECT id, 'Something was done', 'For a reason.', stage, now() - make_interval(days => step), %(owner)s
FROM cases_case, generate_series(1, 6) step WHERE id BETWEEN %(from)s AND %(to)s;

INSERT INTO cases_note (case_id, text, at, by_id, is_safeguarding)
SELECT id, 'Rang both numbers on file; no answer.', now() - make_interval(days => note), %(owner)s, false
FROM cases_case, generate_series(1, 4) note WHERE id BETWEEN %(from)s AND %(to)s;

INSERT INTO children_flag (child_id, kind, from_on, source_id)
SELECT child_id, 'looked_after', opened_on, opened_from_id
FROM cases_case WHERE id BETWEEN %(from)s AND %(to)s AND id %% 4 = 0;
