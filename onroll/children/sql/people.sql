-- What matching compares of children: the columns of people.PersonRow. The code adds the ids.
select c.id, c.forename, c.middle_names, c.surname, c.chosen_forename, c.chosen_surname, c.born_on,
    c.sex, c.is_protected,
    (select jsonb_agg(jsonb_build_array(i.kind, i.value) order by i.id)
        from children_identifier i where i.child_id = c.id and i.kind <> 'wrong'),
    (select jsonb_agg(jsonb_build_array(n.kind, n.forename, n.surname) order by n.id)
        from children_name n where n.child_id = c.id and n.kind <> 'wrong'),
    (select jsonb_agg(jsonb_build_array(array_to_string(a.lines, ' '), a.postcode) order by a.id)
        from children_address a
        where a.child_id = c.id and a.kind not in ('wrong', 'no_fixed')),
    (select jsonb_agg(jsonb_build_array(a.forename, a.surname, a.phones, a.email)
            order by r."order", r.id)
        from children_relationship r, lateral (
            select * from children_adult where id = r.adult_id offset 0) a
        where r.child_id = c.id)
from children_child c where c.id = any
