# reading files
from read_csv('{canary}')
from read_csv_auto('{canary}')
from read_csv(['{canary}', '{canary}'])
from read_text('{canary}')
from read_blob('{canary}')
from read_json('{canary}')
from read_json_auto('{canary}')
from read_json_objects('{canary}')
from read_ndjson('{canary}')
from read_ndjson_objects('{canary}')
from read_parquet('{canary}')
from parquet_scan('{canary}')
from parquet_metadata('{canary}')
from parquet_schema('{canary}')
from parquet_kv_metadata('{canary}')
from parquet_file_metadata('{canary}')
from parquet_bloom_probe('{canary}', 'a', 1)
from sniff_csv('{canary}')
from glob('{cwd}/*')
from glob('/*')
from '{canary}'
from '{canary}.csv'
from "{canary}"
from 'canary.txt'
from 'file://{canary}'
from '{cwd}/*.csv'
from '{cwd}/**/*.parquet'
select * from '{canary}' limit 1
select content from read_text('/proc/self/environ')
select content from read_text('/proc/self/cmdline')
select content from read_text('/proc/1/environ')
from read_blob('/proc/self/mem')
from read_blob('/proc/self/maps')
from read_text('/etc/passwd')
from read_csv('/etc/passwd', delim = ':')
from read_text('/dev/stdin')
from read_text('/dev/fd/0')
from read_csv('/dev/zero')
from read_text('{dataset}/../../../../etc/passwd')
from read_text('{home}/.netrc')
from read_text('~/.netrc')
from read_text(['/etc/hostname', '{canary}'])
from read_text((select '{canary}'))
select (select content from read_text('{canary}'))
select * from methods where method in (select content from read_text('{canary}'))
select * from methods, lateral (select * from read_text('{canary}'))
with a as (from read_text('{canary}')) from a
with a as materialized (select content from read_text('{canary}')) select * from a
with recursive a as (select content from read_text('{canary}') union all from a) from a limit 1
explain analyze select * from read_text('{canary}')
explain select * from read_csv('{canary}')
describe select * from read_csv('{canary}')
describe '{canary}'
summarize select * from read_csv('{canary}')
summarize '{canary}'
from query('from read_text(''{canary}'')')
from query_table('{canary}')
from json_execute_serialized_sql(json_serialize_sql('select * from read_text(''{canary}'')'))
from (from read_text('{canary}'))
(select content from read_text('{canary}')) union all select 'x'
pivot (from read_text('{canary}')) on filename in ('a') using count(*)
unpivot (from read_text('{canary}')) on content
from read_duckdb('{canary}', table_name = 'a')
from read_single_csv_file('{canary}')
from duckdb_extensions()
select list(content) from read_text('{canary}') group by all
from histogram('{canary}', 'a')
from seq_scan('{canary}')
# reading over a network
from 'http://127.0.0.1:9/a.csv'
from 'https://127.0.0.1:9/a.parquet'
from read_csv('http://127.0.0.1:9/a.csv')
from read_text('https://127.0.0.1:9/')
from read_parquet('s3://bucket/a.parquet')
from 's3://bucket/a.parquet'
from 'gcs://bucket/a.parquet'
from 'az://container/a.parquet'
from 'hf://datasets/a/b.parquet'
from read_csv('ftp://127.0.0.1/a')
from read_text('\\127.0.0.1\share\a')
from postgres_scan('host=127.0.0.1', 'public', 'a')
from postgres_query('host=127.0.0.1', 'select 1')
from mysql_query('host=127.0.0.1', 'select 1')
from sqlite_scan('{canary}', 'a')
from iceberg_scan('{cwd}')
from delta_scan('{cwd}')
from st_read('{canary}')
from read_xlsx('{canary}')
# writing files
copy methods to '{out}'
copy methods to '{out}' (format parquet)
copy methods to '{out}' (format json)
copy methods to 'out.csv'
copy (select 1) to '{out}'
copy (select * from read_text('{canary}')) to '{out}'
copy methods to '/dev/stdout'
copy methods to '/dev/stderr'
copy methods to '{dataset}'
copy (select 1 as a) to '{cwd}' (format csv, partition_by (a))
copy methods from '{canary}'
copy from database peftshop to memory
explain copy methods to '{out}'
explain analyze copy methods to '{out}'
explain analyze copy (select 1) to '{out}'
with a as (select 1) copy methods to '{out}'
export database '{cwd}/export'
export database '{cwd}/export' (format parquet)
import database '{cwd}/export'
from enable_profiling(save_location = '{out}')
from enable_logging(storage = 'file', storage_config = {{'path': '{cwd}/log'}})
call enable_logging(storage = 'file', storage_config = {{'path': '{cwd}/log'}})
pragma enable_profiling = 'json'
pragma profiling_output = '{out}'
pragma log_query_path = '{out}'
from query('copy methods to ''{out}''')
from json_execute_serialized_sql('{{"statements": [{{"node": {{"type": "COPY_NODE"}}}}]}}')
# other databases
attach '{canary}'
attach '{cwd}/new.duckdb'
attach '{cwd}/new.duckdb' as new (readonly false)
attach ':memory:' as scratch
attach 'http://127.0.0.1:9/a.duckdb'
attach '{canary}' (type sqlite)
attach 'host=127.0.0.1' as pg (type postgres)
attach or replace '{dataset}' as again
attach if not exists '{dataset}' as again
detach peftshop
use memory
use temp
create database scratch
drop database peftshop
# extensions and secrets
install httpfs
install '{canary}'
install spatial from community
force install json
load httpfs
load '{canary}'
update extensions
create secret (type s3, key_id 'a', secret 'b')
create persistent secret mine (type http, bearer_token 'a')
create temporary secret mine in memory (type s3)
drop secret mine
from duckdb_secrets()
from which_secret('s3://bucket', 's3')
# settings
set enable_external_access = true
set global enable_external_access = true
set lock_configuration = false
set memory_limit = '100GB'
set threads = 64
set temp_directory = '{cwd}'
set home_directory = '{home}'
set allowed_directories = ['/']
set allowed_paths = ['{canary}']
set extension_directory = '{cwd}'
set secret_directory = '{cwd}'
set allow_unsigned_extensions = true
set autoinstall_known_extensions = true
set python_enable_replacements = true
set log_query_path = '{out}'
set profile_output = '{out}'
set enable_profiling = 'json'
set file_search_path = '{cwd}'
set http_proxy = '127.0.0.1:9'
set session search_path = 'temp'
set variable mine = 1
set schema = 'temp'
reset enable_external_access
reset all
reset memory_limit
reset variable mine
pragma enable_external_access = true
pragma memory_limit = '100GB'
pragma temp_directory = '{cwd}'
pragma threads = 64
pragma database_list
pragma force_checkpoint
pragma version
# changing the dataset
create table mine (a integer)
create table mine as select 1
create temp table mine as select 1
create temporary view mine as select 1
create or replace view leaderboard as select 1
create or replace table methods as select 1
create schema mine
create sequence mine
create type mine as enum ('a')
create index mine on methods (method)
create macro mine() as 1
create or replace macro mine() as table select * from read_text('{canary}')
create temp macro mine() as 1
insert into methods select * from methods
insert or replace into methods by name select * from methods
insert into methods select * from methods returning *
update methods set category = 'other'
update methods set category = 'other' returning *
delete from methods
delete from methods returning method
truncate methods
merge into methods using (select 'LORA' as method) as new using (method) when matched then delete
drop table methods
drop table if exists methods cascade
drop view leaderboard
drop schema main cascade
alter table methods add column mine integer
alter table methods rename to mine
alter view leaderboard rename to mine
comment on table methods is 'mine'
with a as (insert into methods select * from methods returning *) from a
with a as (delete from methods returning *) select * from a
with a as (update methods set category = 'x' returning *) select * from a
with a as (select 1) insert into methods select * from methods
with a as (select 1) delete from methods
from (delete from methods returning *)
explain analyze delete from methods
explain analyze insert into methods select * from methods
explain analyze update methods set category = 'x'
explain analyze create table mine as select 1
explain analyze drop table methods
explain delete from methods
select nextval('mine')
vacuum
vacuum analyze
analyze
checkpoint
force checkpoint
checkpoint peftshop
from force_checkpoint()
# statements that run others, or keep them
call pragma_version()
call query('select 1')
call checkpoint()
call duckdb_settings()
prepare mine as select 1
prepare mine as copy methods to '{out}'
execute mine
deallocate mine
begin
begin transaction
commit
rollback
start transaction
# several at once, and tricks with comments
select 1; select 2
select 1; drop table methods
select 1;; copy methods to '{out}'
select 1 /* ; */; set threads = 1
/* select 1 */ drop table methods
/**/copy methods to '{out}'
/* /* nested */ */ attach '{canary}'
select 1) from (copy methods to '{out}'
select 1) as answer; drop table methods; select * from (select 1
select 1 /*
select 'open
select "open
select $$open
;
;;;
--
/* nothing */
-- select 1
# the Python process, the environment, the shell
from request
from sql
from columns
from self
from sys
from connection
from os.environ
select * from environ
select getenv('HOME')
select getenv('SECRET_TOKEN')
select current_setting('SECRET_TOKEN')
select system('id')
select shell('id')
select load_extension('{canary}')
select writefile('{out}', 'x')
select readfile('{canary}')
select pg_read_file('{canary}')
select lo_import('{canary}')
select xp_cmdshell('id')
select load_file('{canary}')
select * from pandas_scan(1, 1, 1)
select * from arrow_scan(1, 1, 1)
select * from arrow_scan_dumb(1, 1, 1)
select * from python_map_function(1)
select * from python_arrow_scan(1)
from create_external_resource('a', '{cwd}')
from register_external_resource_type('a', '{cwd}')
.shell id
.system id
.open {canary}
.read {canary}
.output {out}
.import {canary} methods
.sh cat {canary}
!cat {canary}
\copy methods to '{out}'
\! id
load data infile '{canary}' into table methods
select 1 into outfile '{out}'
select * into mine from methods
do $$ begin end $$
grant all on methods to public
listen a
