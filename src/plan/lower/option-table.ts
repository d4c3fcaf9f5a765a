/** What becomes of an option that `set` names: Kusto calls them request properties. */
export type QueryOption =
  | { readonly obeyed: string; readonly value: string; readonly example: string }
  | { readonly ignored: string }
  | {
      readonly refused: string;
      readonly hint: string;
      /** The values with which the option changes no answer. */
      readonly unless?: RegExp;
    };

const speed = "how the cluster spreads the work";
const limit = "a limit of the cluster, which kqltest has of its own";
const transport = "how results are sent";
const label = "what the request is called in logs";
const cache = "which cached results the cluster may return";
const forbids = "it forbids what a query may read, and changes no row";
const off = /^(?:false|0)$/i;

const cursor = {
  refused: "rows have no ingestion cursor",
  hint: "filter by the time column instead",
};

const timeScope = {
  refused: "it adds a filter by time whose bounds are not documented",
  hint: "filter by the column in the query: `| where Timestamp between (from .. to)`",
};

/** Every option that is known: those of Microsoft's parser, and `querytrace`. Their names ignore case. */
// oxfmt-ignore
export const queryOptions: Readonly<Record<string, QueryOption>> = {
  query_now: { obeyed: "`now()` and `ago()` count from it", value: "a datetime", example: "set query_now = datetime(2025-01-15T12:00:00Z);" },
  query_bin_auto_size: { obeyed: "the size of the bins of `bin_auto()`", value: "a number, or a timespan", example: "set query_bin_auto_size = 1h;" },
  query_bin_auto_at: { obeyed: "where the bins of `bin_auto()` start", value: "a number, a datetime or a timespan", example: "set query_bin_auto_at = datetime(2025-01-01);" },
  query_take_max_records: { obeyed: "the result is cut to that many rows, as by `take`", value: "a positive number of rows", example: "set query_take_max_records = 100;" },

  query_datetimescope_column: timeScope,
  query_datetimescope_from: timeScope,
  query_datetimescope_to: timeScope,
  query_cursor_after_default: cursor,
  query_cursor_before_or_at_default: cursor,
  query_cursor_current: cursor,
  query_cursor_scoped_tables: cursor,
  query_results_apply_getschema: { refused: "the result would be its columns, not its rows", hint: "end the query with `| getschema`", unless: off },
  validate_permissions: { refused: "the query would not run", hint: "remove it", unless: off },
  query_language: { refused: "only KQL is supported", hint: "write the query in KQL", unless: /^(?:kql|csl|kusto)$/i },

  best_effort: { ignored: "it concerns tables that cannot be reached, and all tables are here" },
  deferpartialqueryfailures: { ignored: "it concerns partial failures, of which there are none" },
  materialized_view_shuffle: { ignored: speed },
  max_memory_consumption_per_query_per_node: { ignored: limit },
  maxmemoryconsumptionperiterator: { ignored: limit },
  maxoutputcolumns: { ignored: limit },
  norequesttimeout: { ignored: limit },
  notruncation: { ignored: limit },
  push_selection_through_aggregation: { ignored: speed },
  query_cursor_disabled: { ignored: forbids },
  query_datascope: { ignored: "it concerns data that is not in the hot cache, and there is none" },
  query_distribution_nodes_span: { ignored: speed },
  query_fanout_nodes_percent: { ignored: speed },
  query_fanout_threads_percent: { ignored: speed },
  query_force_row_level_security: { ignored: "tables have no policies: a scenario holds the rows that the query may read" },
  query_log_query_parameters: { ignored: label },
  query_max_entities_in_union: { ignored: limit },
  query_python_debug: { ignored: "it concerns `evaluate python()`, which is refused" },
  query_results_cache_force_refresh: { ignored: cache },
  query_results_cache_max_age: { ignored: cache },
  query_results_cache_per_shard: { ignored: cache },
  query_results_progressive_row_count: { ignored: transport },
  query_results_progressive_update_period: { ignored: transport },
  query_weakconsistency_session_id: { ignored: "which copy of the metadata the cluster reads" },
  queryconsistency: { ignored: "which copy of the metadata the cluster reads" },
  querytrace: { ignored: label },
  request_app_name: { ignored: label },
  request_block_row_level_security: { ignored: forbids },
  request_callout_disabled: { ignored: forbids },
  request_cross_cluster_token: { ignored: label },
  request_description: { ignored: label },
  request_external_data_disabled: { ignored: forbids },
  request_external_table_disabled: { ignored: forbids },
  request_impersonation_disabled: { ignored: forbids },
  request_readonly: { ignored: forbids },
  request_readonly_hardline: { ignored: forbids },
  request_remote_entities_disabled: { ignored: forbids },
  request_sandboxed_execution_disabled: { ignored: forbids },
  request_user: { ignored: label },
  results_error_reporting_placement: { ignored: transport },
  results_progressive_enabled: { ignored: transport },
  results_v2_fragment_primary_tables: { ignored: transport },
  results_v2_newlines_between_frames: { ignored: transport },
  servertimeout: { ignored: limit },
  truncationmaxrecords: { ignored: limit },
  truncationmaxsize: { ignored: limit },
};
