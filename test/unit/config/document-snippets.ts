/** Every YAML snippet that the document prints, by what it shows and the file it is of. */
export interface Snippet {
  readonly name: string;
  readonly file: "config" | "nodes" | "ml_info" | "global_settings";
  readonly yaml: string;
}

export const snippets: readonly Snippet[] = [
  {
    name: "quick start: a pipeline in config.yaml",
    file: "config",
    yaml: `pipelines:
  daily_etl:
    nodes: [extract, transform, load]

nodes:
  extract:
    function: "my_pkg.etl.extract"
    output: ["bronze.raw"]
  
  transform:
    function: "my_pkg.etl.transform"
    dependencies: ["extract"]
    output: ["silver.events"]
  
  load:
    function: "my_pkg.etl.load"
    dependencies: ["transform"]
    output: ["gold.dashboard"]
`,
  },
  {
    name: "use case 1: simple ETL",
    file: "nodes",
    yaml: `nodes:
  extract:
    function: "etl.extract_raw"
    output: ["bronze.events"]
  
  transform:
    function: "etl.clean_and_normalize"
    dependencies: ["extract"]
    output: ["silver.events"]
  
  load:
    function: "etl.aggregate"
    dependencies: ["transform"]
    output: ["gold.summary"]
`,
  },
  {
    name: "use case 2: ML pipeline",
    file: "nodes",
    yaml: `nodes:
  prepare_features:  # Auto-detected as ML
    function: "ml.prepare_features"
    output: ["features"]
  
  train_model:  # Auto-detected as ML (name starts with "train_")
    function: "ml.train_xgboost"
    dependencies: ["prepare_features"]
    output: ["model"]
    hyperparams:
      learning_rate: 0.01
      max_depth: 6
  
  evaluate:  # Auto-detected as ML
    function: "ml.evaluate"
    dependencies: ["train_model"]
    output: ["metrics"]
    metrics: [accuracy, precision, auc]
`,
  },
  {
    name: "use case 3: hybrid pipeline",
    file: "nodes",
    yaml: `nodes:
  load_batch:
    function: "batch.load_historical"
    output: ["historical_data"]
  
  stream_events:
    function: "streaming.kafka_stream"
    output: ["live_events"]
  
  join_sources:  # Depends on both batch and streaming
    function: "hybrid.join_and_enrich"
    dependencies:
      - load_batch
      - stream_events
    output: ["unified_stream"]
`,
  },
  {
    name: "use case 4: parallel independent nodes",
    file: "nodes",
    yaml: `nodes:
  load_customers:
    function: "sources.load_customers"
    output: ["raw.customers"]
  
  load_orders:
    function: "sources.load_orders"
    output: ["raw.orders"]
  
  load_products:
    function: "sources.load_products"
    output: ["raw.products"]
  
  join_all:  # Depends on all three
    function: "transform.combine"
    dependencies:
      - load_customers
      - load_orders
      - load_products
    output: ["unified.data"]
`,
  },
  {
    name: "MLOps option 1: nodes.yaml",
    file: "nodes",
    yaml: `# config/nodes.yaml - NO extra config needed!
nodes:
  prepare_data:
    function: "ml.prepare_data"
    output: ["features"]
  
  train_model:  # ← Auto-detected as ML
    function: "ml.train_xgboost"
    dependencies: ["prepare_data"]
    output: ["model"]
    hyperparams:
      learning_rate: 0.01
      max_depth: 6
`,
  },
  {
    name: "MLOps option 3: ml_info.yaml",
    file: "ml_info",
    yaml: `# config/ml_info.yaml
mlops:
  backend: "databricks"          # or "local"
  experiment:
    name: "customer_churn"
    description: "Churn prediction model"
  
hyperparameters:
  learning_rate: 0.01
  max_depth: 6
  n_estimators: 100

tags:
  team: "data_science"
  environment: "production"

metrics:
  - accuracy
  - precision
  - auc

model_registry:
  register_model: true
  model_name: "churn_classifier"
`,
  },
  {
    name: "precedence: global_settings.yaml",
    file: "global_settings",
    yaml: `# global_settings.yaml
mlops:
  backend: "local"  # ← Used if nothing else specifies
`,
  },
  {
    name: "precedence: ml_info.yaml",
    file: "ml_info",
    yaml: `# ml_info.yaml
mlops:
  backend: "databricks"  # ← Overrides global_settings
`,
  },
  {
    name: "circuit breaker in global_settings",
    file: "global_settings",
    yaml: `"execution": {
    "circuit_breaker_threshold": 5,
    "circuit_breaker_timeout_minutes": 10
}
`,
  },
  {
    name: "node configuration: a bare nodes.yaml",
    file: "nodes",
    yaml: `extract:
  function: "my_pkg.etl.extract"
  input: ["src_raw"]
  output: ["bronze.events"]
  
transform:
  function: "my_pkg.etl.transform"
  input:
    - bronze.events  # Automatic dependency from input
  output: ["silver.events"]
  dependencies: ["extract"]  # Explicit dependency
  
train_model:
  function: "my_pkg.ml.train"
  input: ["silver.events"]
  dependencies:
    - transform
  output: ["model"]
  hyperparams:
    learning_rate: 0.01
    max_depth: 6
  metrics:
    - accuracy
    - precision
    - recall
`,
  },
];

/** The formats of dependencies as both of its chapters print them, and the names they normalize to. */
export const dependencyFormats: readonly (readonly [yaml: string, names: readonly string[]])[] = [
  ['# Format 1: String (simplest)\ndependencies: "extract"\n', ["extract"]],
  ["# Format 2: Dictionary\ndependencies:\n  extract: {}\n", ["extract"]],
  ["# Format 3: List of strings  \ndependencies:\n  - extract\n  - transform\n", ["extract", "transform"]],
  [
    "# Format 4: List of dictionaries (single key each)\ndependencies:\n  - extract: {}\n  - transform: {}\n",
    ["extract", "transform"],
  ],
  ["# Format 5: Mixed list\ndependencies:\n  - extract\n  - transform: {}\n", ["extract", "transform"]],
];

/** What the document prints below `nodes.yaml > train_model`. */
export const nodeMlops = 'mlops:\n  backend: "databricks_prod"  # ← Final value used\n';
