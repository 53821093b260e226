-- The children whom records may be about: blocking, then the best few for each record.
--
-- Parameters: records (JSON, see candidates._keys), block_limit, candidate_limit.
-- Common table expressions only: the code adds the select.
--
-- How it is kept off a scan of the whole table:
-- * each block is an array of its own, cut by a slice where it has an order: a join, or a limit
--   that promises an early end, makes the planner read the table;
-- * a limit is in a subselect, so that the planner cannot read its value;
-- * `offset 0` makes the planner begin at the index, even while a long list is read and the
--   statistics are of the tables as they were before;
-- * the forenames of a home are compared child by child: few live there, while a common sound
--   would be looked up for all children.
with wanted as (
    select * from jsonb_to_recordset(%(records)s::jsonb) as w(
        i int, born date, sex text, starts text[], numbers text[], birthdays text[], pairs text[],
        forename text[], surname text[], written text[], postcodes text[])
),

-- Children at one of the record's postcodes.
at_home as materialized (
    select distinct w.i, a.child_id as child from wanted w, lateral (
        select child_id from children_address
        where postcode = any(w.postcodes) and kind <> 'wrong' offset 0) a
),

blocks as materialized (
    -- A number in common.
    select w.i, d.child_id as child, true as is_numbered from wanted w, lateral (
        select child_id from children_identifier
        where value = any(w.numbers) and kind <> 'wrong' offset 0) d

    union

    -- The date of birth and the sound of a name.
    select w.i, unnest(array(
        select c.id from children_child c
        where children_birthday_keys(c.born_on, c.search_keys) && w.birthdays)), false
    from wanted w

    union

    -- The sound of both names and half the date of birth; if too many, the closest on the other
    -- half first, then those spelled the same.
    select w.i, unnest((array(
        select c.id from children_child c
        where c.search_keys && w.pairs
        order by extract(month from c.born_on) = extract(month from w.born)
            or extract(day from c.born_on) = extract(day from w.born) or c.born_on is null desc,
            c.search_keys @> w.written desc, c.id))[1:%(block_limit)s]), false
    from wanted w where w.born is not null

    union

    -- No date of birth: those spelled the same first, then those who sound the same.
    select w.i, unnest((spelled.ids || array(
        select c.id from children_child c
        where c.search_keys && w.pairs and not c.search_keys @> w.written
            and cardinality(spelled.ids) < %(block_limit)s
        limit (select %(block_limit)s)))[1:%(block_limit)s]), false
    from wanted w cross join lateral (select array(
        select c.id from children_child c
        where c.search_keys @> w.written and w.written <> '{}'
        limit (select %(block_limit)s)) as ids) spelled
    where w.born is null

    union

    -- The postcode and the sound of a forename.
    select h.i, h.child, false from at_home h join wanted w using (i), lateral (
        select search_keys from children_child where id = h.child offset 0) c
    where c.search_keys && w.forename
),

-- The candidates of each record, most in common first, in rough powers of two. A record merged into
-- another stands for that other.
ranked as materialized (
    select i, child, place from (
        select b.i, coalesce(c.merged_into_id, c.id) as child, row_number() over (
            partition by b.i order by max(
                case when b.is_numbered then 30 else 0 end
                + case when h.child is null then 0 else 10 end
                + case (extract(year from c.born_on) = extract(year from w.born))::int
                    + (extract(month from c.born_on) = extract(month from w.born))::int
                    + (extract(day from c.born_on) = extract(day from w.born))::int
                    when 3 then 12 when 2 then 6 else 0 end
                + case when c.search_keys && w.forename then 6 else 0 end
                + case when c.search_keys && w.surname then 6 else 0 end
                + case when c.search_keys @> w.written then 4
                    when c.search_keys && w.written then 2 else 0 end
                + (select least(6, 3 * count(*) filter (where left(key, 5) = any(w.starts))
                        + count(*) filter (where left(key, 3) = any(w.starts)))
                    from unnest(c.search_keys) key where starts_with(key, 'n:'))
                + case when c.sex = w.sex then 1 else 0 end
            ) desc, coalesce(c.merged_into_id, c.id)) as place
        from blocks b join wanted w using (i) cross join lateral (
            select * from children_child where id = b.child offset 0) c
        left join at_home h on h.i = b.i and h.child = b.child
        group by b.i, coalesce(c.merged_into_id, c.id)
    ) ordered where place <= %(candidate_limit)s
)
