-- How many children have each value. Parameter: keys (JSON, pairs of kind and value).
select c.kind, c.value, c.number from json_array_elements(%(keys)s::json) w
join children_commonness c on c.kind = w->>0 and c.value = w->>1
