/*
 * The entry for hosts that load the library at run time: the public functions as a table.
 */
#include "galley.h"

const char *galley_version(void) {
    return GALLEY_VERSION;
}

static const galley_plugin plugin = {
    .size = sizeof plugin,
    .abi = GALLEY_ABI,
    .version = galley_version,
    .status_name = galley_status_name,
    .severity_name = galley_severity_name,
    .verdict_name = galley_verdict_name,
    .settings_create = galley_settings_create,
    .settings_set = galley_settings_set,
    .settings_get = galley_settings_get,
    .settings_destroy = galley_settings_destroy,
    .engine_create = galley_engine_create,
    .engine_destroy = galley_engine_destroy,
    .engine_n_checks = galley_engine_n_checks,
    .engine_check_info = galley_engine_check_info,
    .check = galley_check,
    .document_destroy = galley_document_destroy,
    .document_summary = galley_document_summary,
    .document_n_issues = galley_document_n_issues,
    .document_issue = galley_document_issue,
    .document_suggestion = galley_document_suggestion,
    .document_related = galley_document_related,
    .report_create = galley_report_create,
    .report_add = galley_report_add,
    .report_add_error = galley_report_add_error,
    .report_finish = galley_report_finish,
    .report_destroy = galley_report_destroy,
    .engine_n_waivers = galley_engine_n_waivers,
    .engine_waiver = galley_engine_waiver,
    .document_n_warnings = galley_document_n_warnings,
    .document_warning = galley_document_warning,
    .document_annotate = galley_document_annotate,
    .document_strip = galley_document_strip,
    .document_fixable = galley_document_fixable,
    .document_fix = galley_document_fix,
    .settings_languages = galley_settings_languages,
    .settings_n_keys = galley_settings_n_keys,
    .settings_key = galley_settings_key,
    .report_add_warning = galley_report_add_warning,
    .gender_name = galley_gender_name,
    .document_n_people = galley_document_n_people,
    .document_person = galley_document_person,
    .document_mention = galley_document_mention,
    .document_quotation = galley_document_quotation,
};

const galley_plugin *galley_plugin_entry(unsigned abi) {
    return abi == GALLEY_ABI ? &plugin : NULL;
}
