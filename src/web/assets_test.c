#include "web/assets.h"

#include <gio/gio.h>
#include <string.h>

static const Asset *named(const char *name)
{
	return asset_find(asset_url(name));
}

static void each_file_is_found_by_its_path(void)
{
	for (gsize i = 0; i < n_assets; i++) {
		g_assert_true(asset_find(assets[i].path) == &assets[i]);
		g_assert_cmpstr(asset_url(assets[i].path + assets_prefix_length), ==, assets[i].path);
		g_assert_cmpuint(assets[i].length, >, 0);
	}
	g_assert_cmpstr(named("evenhand.css")->content_type, ==, "text/css; charset=utf-8");
	g_assert_cmpstr(named("evenhand.js")->content_type, ==, "text/javascript; charset=utf-8");
	g_assert_nonnull(named("govuk-frontend.min.js"));
	g_assert_null(asset_find("/assets/evenhand.css"));
	g_assert_null(asset_find("/assets/0000000000000000/evenhand.css"));
	g_assert_null(asset_find(""));
}

static gboolean holds(const Asset *asset, const char *text)
{
	return g_strstr_len((const char *)asset->data, (gssize)asset->length, text) != NULL;
}

/* Both may be used on GOV.UK only. */
static void neither_the_typeface_nor_the_crown_is_in_them(void)
{
	static const char *const sheets[] = {"govuk-frontend.min.css", "moj-frontend.min.css", "evenhand.css"};

	for (gsize i = 0; i < G_N_ELEMENTS(sheets); i++) {
		g_assert_false(holds(named(sheets[i]), "GDS Transport"));
		g_assert_false(holds(named(sheets[i]), "@font-face"));
		g_assert_false(holds(named(sheets[i]), "crest.svg"));
		g_assert_false(holds(named(sheets[i]), "url(/"));
	}
	for (gsize i = 0; i < n_assets; i++) {
		g_assert_null(strstr(assets[i].path, "crown"));
		g_assert_null(strstr(assets[i].path, "crest"));
		g_assert_null(strstr(assets[i].path, "woff"));
	}
}

/* What the style sheets and scripts point at, by a path beside themselves, is there. */
static void what_a_style_sheet_points_at_is_there(void)
{
	g_autoptr(GRegex) regex = g_regex_new("url\\((?!data:|%23|\"data:)([^)]*)\\)|from '\\./([^']*)'", 0, 0, NULL);
	gsize seen = 0;

	for (gsize i = 0; i < n_assets; i++) {
		g_autofree char *text = g_strndup((const char *)assets[i].data, assets[i].length);
		g_autoptr(GMatchInfo) match = NULL;

		if (!g_str_has_suffix(assets[i].path, ".css") && !g_str_has_suffix(assets[i].path, "evenhand.js"))
			continue;
		for (g_regex_match(regex, text, 0, &match); g_match_info_matches(match);
			g_match_info_next(match, NULL)) {
			g_autofree char *style = g_match_info_fetch(match, 1), *module = g_match_info_fetch(match, 2);

			g_assert_nonnull(named(*style ? style : module));
			seen++;
		}
	}
	g_assert_cmpuint(seen, >, 5);
}

static void the_gzipped_form_holds_the_same_bytes(void)
{
	gsize packed = 0;

	for (gsize i = 0; i < n_assets; i++) {
		g_autoptr(GZlibDecompressor) unzip = g_zlib_decompressor_new(G_ZLIB_COMPRESSOR_FORMAT_GZIP);
		g_autofree guchar *plain = g_malloc(assets[i].length + 1);
		gsize read, written;
		GConverterResult result;

		if (!assets[i].gzipped)
			continue;
		packed++;
		result = g_converter_convert(G_CONVERTER(unzip), assets[i].gzipped, assets[i].gzipped_length, plain,
			assets[i].length + 1, G_CONVERTER_INPUT_AT_END, &read, &written, NULL);
		g_assert_cmpint(result, ==, G_CONVERTER_FINISHED);
		g_assert_cmpuint(written, ==, assets[i].length);
		g_assert_true(memcmp(plain, assets[i].data, written) == 0);
	}
	g_assert_cmpuint(packed, >=, 5);
}

int main(int argc, char **argv)
{
	g_test_init(&argc, &argv, NULL);
	g_test_add_func("/assets/each-file-is-found-by-its-path", each_file_is_found_by_its_path);
	g_test_add_func(
		"/assets/neither-the-typeface-nor-the-crown-is-in-them", neither_the_typeface_nor_the_crown_is_in_them);
	g_test_add_func("/assets/what-a-style-sheet-points-at-is-there", what_a_style_sheet_points_at_is_there);
	g_test_add_func("/assets/the-gzipped-form-holds-the-same-bytes", the_gzipped_form_holds_the_same_bytes);
	return g_test_run();
}
