-- Question: What can each method do, how is it known, and what does it mean?
-- Grain: method × capability: the registered yes-or-no features, and auxiliary modules.
-- NULLs and ties: supported is NULL unless state is known; note where upstream has none.
-- Caveats: some findings are conditional: the note says under which condition.
-- Source: features and feature_options; labels and meanings from registry_features. An auxiliary
--     module has the source and the note of the finding that names it.
-- Columns:
--     meaning: What the capability means in plain words; NULL for an auxiliary module that isn't described here
with yes_or_no as (
    select
        features.method,
        features.feature as capability,
        features.supported,
        features.state,
        features.source,
        features.note,
        registry_features.label,
        registry_features.meaning,
        registry_features.position
    from features
    inner join registry_features
        on features.feature = registry_features.feature
    where registry_features.kind = 'capability'
),

auxiliary_modules as (
    select
        feature_options.method,
        feature_options.option as capability,
        feature_options.supported,
        feature_options.state,
        features.source,
        features.note,
        case feature_options.option
            when 'modules_to_save' then 'Trained modules'
            when 'trainable_token_indices' then 'Trained tokens'
            else feature_options.option
        end as label,
        case feature_options.option
            when 'modules_to_save'
                then
                    'Whole modules of the model, such as a classification head, can be trained '
                    || 'and saved with the adapter'
            when 'trainable_token_indices'
                then 'Single token embeddings can be trained and saved with the adapter'
        end as meaning,
        registry_features.position
    from feature_options
    inner join features
        on
            feature_options.method = features.method
            and feature_options.feature = features.feature
    inner join registry_features
        on feature_options.feature = registry_features.feature
    where feature_options.feature = 'auxiliary_modules'
),

all_capabilities as (
    select
        method,
        capability,
        supported,
        state,
        source,
        note,
        label,
        meaning,
        position
    from yes_or_no
    union all
    select
        method,
        capability,
        supported,
        state,
        source,
        note,
        label,
        meaning,
        position
    from auxiliary_modules
)

select
    method,
    capability,
    supported,
    state,
    source,
    note,
    label,
    meaning,
    position
from all_capabilities
order by
    method asc nulls first,
    position asc nulls first,
    capability asc nulls first
