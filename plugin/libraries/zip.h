/*
 * libzip, once library_load(LIBRARY_ZIP) has said yes.
 */
#ifndef GALLEY_LIBRARIES_ZIP_H
#define GALLEY_LIBRARIES_ZIP_H

#include "libraries/library.h"

#include <zip.h>

/* clang-format off */
#define ZIP_FUNCTIONS(use) \
    use(zip_close) use(zip_delete) use(zip_discard) use(zip_error_code_zip) use(zip_error_fini) \
    use(zip_error_init) use(zip_error_set) use(zip_error_strerror) use(zip_fclose) \
    use(zip_file_add) use(zip_file_replace) use(zip_file_set_mtime) use(zip_fopen_index) \
    use(zip_fread) use(zip_get_error) use(zip_get_num_entries) use(zip_name_locate) \
    use(zip_open_from_source) use(zip_set_file_compression) use(zip_source_buffer) \
    use(zip_source_buffer_create) use(zip_source_close) use(zip_source_free) \
    use(zip_source_keep) use(zip_source_open) use(zip_source_read) use(zip_source_stat) \
    use(zip_stat) use(zip_stat_index) use(zip_stat_init)
/* clang-format on */

extern struct zip_functions { ZIP_FUNCTIONS(LIBRARY_MEMBER) } library_zip;

#ifndef LIBRARY_NAMES
#define zip_close (*library_zip.call_zip_close)
#define zip_delete (*library_zip.call_zip_delete)
#define zip_discard (*library_zip.call_zip_discard)
#define zip_error_code_zip (*library_zip.call_zip_error_code_zip)
#define zip_error_fini (*library_zip.call_zip_error_fini)
#define zip_error_init (*library_zip.call_zip_error_init)
#define zip_error_set (*library_zip.call_zip_error_set)
#define zip_error_strerror (*library_zip.call_zip_error_strerror)
#define zip_fclose (*library_zip.call_zip_fclose)
#define zip_file_add (*library_zip.call_zip_file_add)
#define zip_file_replace (*library_zip.call_zip_file_replace)
#define zip_file_set_mtime (*library_zip.call_zip_file_set_mtime)
#define zip_fopen_index (*library_zip.call_zip_fopen_index)
#define zip_fread (*library_zip.call_zip_fread)
#define zip_get_error (*library_zip.call_zip_get_error)
#define zip_get_num_entries (*library_zip.call_zip_get_num_entries)
#define zip_name_locate (*library_zip.call_zip_name_locate)
#define zip_open_from_source (*library_zip.call_zip_open_from_source)
#define zip_set_file_compression (*library_zip.call_zip_set_file_compression)
#define zip_source_buffer (*library_zip.call_zip_source_buffer)
#define zip_source_buffer_create (*library_zip.call_zip_source_buffer_create)
#define zip_source_close (*library_zip.call_zip_source_close)
#define zip_source_free (*library_zip.call_zip_source_free)
#define zip_source_keep (*library_zip.call_zip_source_keep)
#define zip_source_open (*library_zip.call_zip_source_open)
#define zip_source_read (*library_zip.call_zip_source_read)
#define zip_source_stat (*library_zip.call_zip_source_stat)
#define zip_stat (*library_zip.call_zip_stat)
#define zip_stat_index (*library_zip.call_zip_stat_index)
#define zip_stat_init (*library_zip.call_zip_stat_init)
#endif

#endif
