-- Question: How do I use this method in Python?
-- Grain: a method, every one.
-- NULLs and ties: remark is NULL where there is nothing special to know.
-- Caveats: the arguments are examples for a Llama model, to be replaced by your own; everything else is
--     the config class's default. A snippet stops where training would start.
-- Source: the config classes of the peft package. A method with a case of its own gets the arguments
--     that it can't do without; the others get those of their category.
-- Columns:
--     snippet: Python code that wraps a model with the method
--     remark: What to know before using the snippet; NULL where there is nothing special
with special_cases as (
    select
        'ADALORA' as method,
        'target_modules=["q_proj", "v_proj"], total_step=1000' as arguments,
        '' as preparation,
        'total_step is the number of training steps. In each step call '
        || 'model.base_model.update_and_allocate(step) between optimizer.step() and '
        || 'optimizer.zero_grad(), or the ranks are never adapted.' as remark
    union all
    select
        'ADAPTION_PROMPT' as method,
        'task_type="CAUSAL_LM", adapter_len=10, adapter_layers=8' as arguments,
        '' as preparation,
        'Both numbers have to be given. It knows the attention of Llama, Mistral and GPT-2 models '
        || 'only.' as remark
    union all
    select
        'CARTRIDGE' as method,
        'task_type="CAUSAL_LM", num_virtual_tokens=20' as arguments,
        '' as preparation,
        'The cache starts at random: to start it from a text, call '
        || 'peft.initialize_kv_prefix_from_text on the wrapped model.' as remark
    union all
    select
        'CPT' as method,
        'task_type="CAUSAL_LM", cpt_token_ids=[0, 1, 2]' as arguments,
        '' as preparation,
        'cpt_token_ids are the token ids of a prompt with examples, by the tokenizer of the '
        || 'model; their number is the number of virtual tokens.' as remark
    union all
    select
        'LN_TUNING' as method,
        'target_modules=["input_layernorm", "post_attention_layernorm"]' as arguments,
        '' as preparation,
        'It is meant for normalization layers, so those are targeted here.' as remark
    union all
    select
        'MULTITASK_PROMPT_TUNING' as method,
        'task_type="CAUSAL_LM", num_virtual_tokens=20, num_tasks=2' as arguments,
        '' as preparation,
        'Every call of the model needs task_ids, a tensor with the task of each sample.' as remark
    union all
    select
        'POLY' as method,
        'target_modules=["q_proj", "v_proj"], n_tasks=2' as arguments,
        '' as preparation,
        'Every call of the model needs task_ids, a tensor with the task of each sample.' as remark
    union all
    select
        'TRAINABLE_TOKENS' as method,
        'target_modules=["embed_tokens"], token_indices=[0, 1]' as arguments,
        '' as preparation,
        'token_indices are the ids of the tokens to train; only their embeddings change.' as remark
    union all
    select
        'XLORA' as method,
        'task_type="CAUSAL_LM", hidden_size=model.config.hidden_size, '
        || 'adapters={"first": "path/to/lora_1", "second": "path/to/lora_2"}' as arguments,
        'model.config.use_cache = False
' as preparation,
        'It learns to mix LoRA adapters that are trained already: adapters names their folders. '
        || 'The cache of the model has to be off.' as remark
),

usages as (
    select
        methods.method,
        methods.config_class,
        coalesce(special_cases.preparation, '') as preparation,
        case
            when special_cases.method is not null then special_cases.arguments
            when methods.category = 'adapter' then 'target_modules=["q_proj", "v_proj"]'
            when methods.category = 'prompt_learning'
                then 'task_type="CAUSAL_LM", num_virtual_tokens=20'
            else ''
        end as arguments,
        case
            when special_cases.method is not null then special_cases.remark
            when methods.category is null
                then 'The category is unknown, so no arguments are shown: see the documentation.'
            when methods.category = 'other'
                then 'It fits no category, so no arguments are shown: see the documentation.'
        end as remark
    from methods
    left join special_cases
        on methods.method = special_cases.method
)

select
    method,
    config_class,
    'from peft import ' || config_class || ', get_peft_model
from transformers import AutoModelForCausalLM

model = AutoModelForCausalLM.from_pretrained("meta-llama/Llama-3.2-3B")
' || preparation || 'config = ' || config_class || '(' || arguments || ')
model = get_peft_model(model, config)
model.print_trainable_parameters()' as snippet,
    remark
from usages
order by method asc nulls first
