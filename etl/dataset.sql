-- The input file and its own head.
select
    source_sha256,
    source_file,
    source_bytes,
    package_version,
    cast(document ->> '$.schema_version' as bigint) as schema_version,
    document ->> '$.peft_version' as peft_version
from source_document
