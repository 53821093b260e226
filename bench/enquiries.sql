-- Nine enquiries on each case from number %(from)s to %(to)s, at every stage, with entries and clocks.

INSERT INTO enquiries_enquiry (id, ref, together, case_id, step, step_words, stage, why, referral,
    at, by_id)
SELECT c.id * 9 + k, to_char(c.id * 9 + k, 'FM000"-"000"-"000'), to_char(c.id * 9 + k, 'FM000"-"000"-"000'),
    c.id,
    (array['home_visit', 'letter', 'sen', 'housing', 'council_tax', 'health', 'neighbours',
        'admissions', 'social_care'])[k + 1],
    '',
    (array['answered', 'chased', 'planned', 'asked', 'asked', 'asked', 'answered', 'planned',
        'planned'])[k + 1],
    '', '', now() - make_interval(days => 10 + k), %(owner)s
FROM cases_case c, generate_series(0, 8) k WHERE c.id BETWEEN %(from)s AND %(to)s;

INSERT INTO enquiries_enquiryentry (enquiry_id, case_id, act, done_on, done_at, done_by, asked_name,
    asked_contact, method, lives_there, words, result, lead, evidence, at, by_id, is_news)
SELECT e.id, e.case_id, act, current_date - 9, '', '', 'Made-up team', '020 7946 0000',
    CASE WHEN e.step = 'letter' THEN 'letter' WHEN e.step = 'home_visit' THEN 'visit'
        ELSE 'email' END,
    '', 'Do you hold an address later than September? Nobody opened, and the blinds were down.',
    CASE WHEN act = 'answer' THEN 'nothing_known' ELSE '' END, '', '',
    now() - make_interval(days => CASE act WHEN 'ask' THEN 9 WHEN 'chase' THEN 5 ELSE 2 END),
    %(owner)s, false
FROM enquiries_enquiry e, unnest(array['ask', 'chase', 'answer']) act
WHERE e.case_id BETWEEN %(from)s AND %(to)s AND (
    act = 'ask' AND e.stage <> 'planned' OR act = 'chase' AND e.stage = 'chased'
    OR act = 'answer' AND e.stage = 'answered');

INSERT INTO clocks_deadline (child_id, subject, subject_id, clock, starts_on, due_on, met_on,
    ended_why)
SELECT NULL, 'enquiry', e.id, 'enquiry_answer_5', current_date - 9,
    current_date - 3 + (e.id %% 7)::int,
    CASE WHEN e.stage = 'answered' THEN current_date - 2 END, ''
FROM enquiries_enquiry e WHERE e.case_id BETWEEN %(from)s AND %(to)s AND e.stage <> 'planned';

-- The next enquiry comes after these, which have numbers of their own.
SELECT setval(pg_get_serial_sequence('enquiries_enquiry', 'id'), (SELECT max(id) FROM enquiries_enquiry));
