# run, because they show what anyone may know, or change what ends with the process
from duckdb_settings()
from duckdb_secret_types()
from duckdb_databases()
from duckdb_variables()
from duckdb_temporary_files()
from duckdb_functions() limit 5
from duckdb_logs
from duckdb_prepared_statements()
from duckdb_external_file_cache()
from pragma_database_size()
from pragma_user_agent()
from pragma_version()
from truncate_duckdb_logs()
from checkpoint()
from information_schema.tables
from pg_catalog.pg_settings
from sqlite_master limit 3
select getvariable('mine')
select current_setting('http_proxy')
select current_setting('http_proxy_password')
select current_setting('secret_directory')
select current_setting('home_directory')
select current_setting('temp_directory')
select current_setting('allowed_paths')
select current_user, session_user, current_database(), current_schema(), version()
select current_query()
select write_log('mine')
select setseed(0.5)
select parse_path('{canary}')
select '{canary}'
explain select * from methods
explain analyze select * from methods
from query('select 1')
from json_execute_serialized_sql(json_serialize_sql('select 1'))
show tables
show all tables
describe methods
summarize methods
select /* ; drop table methods */ 1; -- ; drop table methods
