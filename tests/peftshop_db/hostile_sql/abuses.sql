# joins without end
select count(*) from range(1000000) a, range(1000000) b, range(1000) c
select * from range(1000000) a, range(1000000) b order by hash(a.range + b.range)
select count(*) from range(10000000) a join range(10000000) b on a.range < b.range
select count(*) from range(3000000) a join range(3000000) b on a.range % 7 = b.range % 7
select count(*) from methods a, methods b, methods c, methods d, methods e, methods f, methods g
select sum(length(a.description || b.description)) from methods a, methods b, methods c, methods d, methods e
select count(*) from range(100000) a left join range(100000) b on a.range + b.range > 5
select count(*) from range(100000) a where not exists (from range(100000) b where b.range * a.range = -1)
select (select count(*) from range(100000) b where b.range > a.range) from range(100000) a
select count(*) from range(1000000) a asof join range(100000000) b on a.range >= b.range
select count(*) from range(200000) a positional join range(2000000000) b
# series and rows
select sum(range) from range(100000000000)
select count(*) from generate_series(1, 9000000000000000000)
from range(9000000000000000000)
from repeat_row(1, 2, 3, num_rows = 9000000000000000)
from repeat('x', 9000000000000000)
select unnest(range(1000000000))
select unnest(generate_series(1, 3000000000))
select generate_series(timestamp '0001-01-01', timestamp '9999-01-01', interval 1 microsecond)
from generate_series(timestamp '0001-01-01', timestamp '9999-01-01', interval 1 microsecond)
# recursion
with recursive t as (select 1 as a union all select a + 1 from t) select count(*) from t
with recursive t as (select 1 as a union all select a + 1 from t) from t
with recursive t as (select 'x' as a union all select a || a from t) select max(length(a)) from t
with recursive t as (select [1] as a union all select a || a from t) select count(*) from t
with recursive t as (select 1 as a union all (from t union all from t)) select count(*) from t
with recursive t as (select 1::hugeint as a union select (a * 6364136223846793005) % 1000000007 from t) select count(*) from t, t as s
# long text
select repeat('x', 2000000000)
select length(repeat('x', 2000000000))
select repeat(repeat('x', 100000), 100000)
select lpad('x', 2000000000, 'y')
select rpad('x', 900000000, 'abc')
select repeat('x', 9000000) from range(1000)
select length(string_agg(repeat('x', 1000), '')) from range(10000000)
select levenshtein(repeat('a', 200000), repeat('b', 200000))
select damerau_levenshtein(repeat('a', 20000), repeat('b', 20000))
select jaro_winkler_similarity(repeat('ab', 500000), repeat('ba', 500000))
select jaccard(repeat('abc', 50000000), 'abc')
select replace(repeat('x', 50000000), 'x', repeat('y', 100))
select regexp_replace(repeat('a', 20000000), '(a*)*b', 'x', 'g')
select regexp_matches(repeat('a', 50000000), '(.*)(.*)(.*)(.*)(.*)x')
select regexp_extract_all(repeat('ab', 20000000), 'a')
select regexp_matches('x', repeat('(a{0,999})', 200))
select repeat('ab', 20000000) like repeat('%a', 20000)
select string_split(repeat('a,', 30000000), ',')
select md5(repeat('x', 1500000000)), sha256(repeat('x', 1500000000))
select format('{:>2000000000}', 1)
select printf('%2000000000d', 1)
select to_base64(repeat('x', 900000000)::blob)
select translate(repeat('a', 300000000), 'a', 'b'), reverse(repeat('é', 300000000))
# sorts and aggregates
select range from range(200000000) order by hash(range)
select count(distinct hash(range)) from range(300000000)
select hash(range), count(*) from range(200000000) group by all
select list(range) from range(500000000)
select list(range order by hash(range)) from range(100000000)
select median(hash(range)), mode(range) from range(200000000)
select histogram(range) from range(50000000)
select approx_quantile(random(), 0.5), entropy(range) from range(500000000)
select row_number() over (order by hash(range)), sum(range) over (order by range rows between 1000000 preceding and 1000000 following) from range(100000000)
select median(range) over (order by range rows between 500000 preceding and current row) from range(2000000)
select string_agg(distinct range::varchar, ',') from range(50000000)
select map_from_entries(list((range, range))) from range(50000000)
select distinct on (range % 100000000) range, hash(range) from range(2000000000)
# lists and nested values
select list_sort(range(200000000))
select list_transform(range(300000000), lambda x: x * x)
select list_reduce(range(100000000), lambda x, y: x + y)
select list_distinct(range(100000000))
select len(list_filter(range(300000000), lambda x: x % 2 = 0))
select flatten(list_transform(range(100000), lambda x: range(10000)))
select list_resize([1], 2000000000, 0)
select array_cross_product([1.0, 2, 3]::double[3], [1, 2, 3]::double[3]) from range(10000000000)
select json_group_array(range) from range(100000000)
select json_object('a', repeat('x', 900000000))
# what the parser and the planner must read
py "select " + "(" * 1000000 + "1" + ")" * 1000000
py "select " + "+".join(["1"] * 300000)
py "select " + "not " * 300000 + "true"
py "select " + "-" * 1 + "(-" * 100000 + "1" + ")" * 100000
py "select " + ", ".join(f"{i} as c{i}" for i in range(60000))
py "select 1 where 1 in (" + ",".join(map(str, range(700000))) + ")"
py "select " + "case when random() > 2 then 1 else " * 5000 + "0" + " end" * 5000
py "select " + "[" * 100000 + "]" * 100000
py " union all ".join(["select 1"] * 20000)
py "select * from " + ", ".join(f"methods m{i}" for i in range(400))
py "select * from " + " natural join ".join(f"methods m{i}" for i in range(60))
py "from (" * 20000 + "select 1" + ")" * 20000
py "with " + ", ".join(f"t{i} as (select * from {'t%d a, t%d b' % (i - 1, i - 1) if i else 'methods'})" for i in range(25)) + " select count(*) from t24"
py "select '" + "x" * 9000000 + "'"
py "select /*" + "*" * 9000000 + "*/ 1"
py "explain select * from " + " join ".join(f"methods m{i} using (method)" if i else "methods m0" for i in range(150))
pivot (select range % 100000 as a, range as b from range(10000000)) on a in (1, 2, 3) using list(b)
explain analyze select count(*) from range(1000000) a, range(1000000) b, range(1000) c
summarize select range, hash(range), range::varchar from range(1000000000)
# waiting
select sleep_ms(60000)
select sleep_ms(500) from range(1000)
select count(*) from range(100000000000) where random() > 2
select count(*) from query('select * from range(100000000000) where random() > 2')
select factorial(170), sum(gamma(range % 100)) from range(100000000000)
select sum(nextafter(range::double, 1)) from range(100000000000)
