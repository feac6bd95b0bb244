-- Question: What is there to choose from, and what is each method in short?
-- Grain: a method, every one: the PEFT shop's card.
-- NULLs and ties: lists name what is known to be supported. Where nothing is: none where all is known,
--     NULL where anything is unknown; layer_types is not_applicable for a method that wraps no
--     layers, and such a method's backends are any where it works with every backend. A benchmark's
--     columns are NULL without a run on it.
-- Caveats: a benchmark's columns are of the method's best run on it; metamathqa_caveats and
--     image_gen_caveats name what to know. Forgetting is left out: see star_ratings and comparison.
-- Source: methods, support_lists and benchmarks.
-- Columns:
--     capabilities: Capabilities that the method is known to have, in upstream's order
--     layer_types: Layer types that the method is known to adapt, by name
--     backends: Quantization backends that the method is known to train on, by name; any where it works with every one
--     num_benchmarks [benchmarks]: On how many benchmarks the method has a run
--     metamathqa_train_time_sec [seconds]: Wall time of the metamathqa run, test generation and data loading included
--     metamathqa_num_trainable_params [parameters]: Trainable parameters of the metamathqa run
--     metamathqa_adapter_file_size_bytes [bytes]: Size of the metamathqa run's saved adapter; NULL where it could not be saved
--     metamathqa_num_runs [runs]: Successful metamathqa runs of this method, of which the best is shown
--     image_gen_peak_memory_bytes [bytes]: Peak memory of the image-gen run
--     image_gen_train_time_sec [seconds]: Wall time of the image-gen run, test generation and data loading included
--     image_gen_num_trainable_params [parameters]: Trainable parameters of the image-gen run
--     image_gen_adapter_file_size_bytes [bytes]: Size of the image-gen run's saved adapter; NULL where it could not be saved
--     image_gen_num_runs [runs]: Successful image-gen runs of this method, of which the best is shown
with coverage as (
    select
        method,
        count(*) as num_benchmarks
    from benchmarks
    group by method
)

select
    methods.method,
    methods.category,
    methods.config_class,
    methods.description,
    capability_lists.supported_list as capabilities,
    layer_lists.supported_list as layer_types,
    backend_lists.supported_list as backends,
    methods.paper_url,
    methods.docs_url,
    coalesce(coverage.num_benchmarks, 0) as num_benchmarks,
    language_runs.score as metamathqa_score,
    language_runs.peak_memory_bytes as metamathqa_peak_memory_bytes,
    language_runs.train_time_sec as metamathqa_train_time_sec,
    language_runs.num_trainable_params as metamathqa_num_trainable_params,
    language_runs.adapter_file_size_bytes as metamathqa_adapter_file_size_bytes,
    language_runs.num_runs as metamathqa_num_runs,
    language_caveats.caveats as metamathqa_caveats,
    image_runs.score as image_gen_score,
    image_runs.peak_memory_bytes as image_gen_peak_memory_bytes,
    image_runs.train_time_sec as image_gen_train_time_sec,
    image_runs.num_trainable_params as image_gen_num_trainable_params,
    image_runs.adapter_file_size_bytes as image_gen_adapter_file_size_bytes,
    image_runs.num_runs as image_gen_num_runs,
    image_caveats.caveats as image_gen_caveats
from methods
left join support_lists as capability_lists
    on
        methods.method = capability_lists.method
        and capability_lists.kind = 'capabilities'
left join support_lists as layer_lists
    on
        methods.method = layer_lists.method
        and layer_lists.kind = 'layer_types'
left join support_lists as backend_lists
    on
        methods.method = backend_lists.method
        and backend_lists.kind = 'backends'
left join coverage
    on methods.method = coverage.method
left join benchmarks as language_runs
    on
        methods.method = language_runs.method
        and language_runs.benchmark = 'metamathqa'
left join benchmark_caveats as language_caveats
    on language_runs.benchmark = language_caveats.benchmark
left join benchmarks as image_runs
    on
        methods.method = image_runs.method
        and image_runs.benchmark = 'image-gen'
left join benchmark_caveats as image_caveats
    on image_runs.benchmark = image_caveats.benchmark
order by methods.method asc nulls first
