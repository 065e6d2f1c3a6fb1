/* pack.c: a pack from its files: data, text and letters, each checked and then held against the others. How a
 * policy.yaml is read and which rules it keeps stands in read.c and check*.c. */
#include "packs/pack.h"

#include "packs/check.h"
#include "packs/files.h"
#include "packs/read.h"

#include <string.h>

typedef struct {
	const char *notice;
	const char *language;
	const LetterTemplate *letter;
} PackLetter;

struct Pack {
	const Policy *policy;
	const char *text;
	const char *hash;
	const PackLetter *letters;
	gsize n_letters;
};

typedef struct {
	const PackFiles *files;
	Arena *mem;
	Problems *problems;
	const Policy *policy;
	const Yaml *root;
	ArenaList letters; /* of PackLetter */
} PackReader;

/* A file that is there and is UTF-8; otherwise NULL and a problem. */
static const PackFile *text_file(PackReader *r, const char *path)
{
	const PackFile *file = pack_file(r->files, path);
	const char *end;
	int line = 1, column = 1;

	if (!file) {
		problem_add(r->problems, path, 0, 0, "this file is missing");
		return NULL;
	}
	if (file->length > PACK_FILE_MAX) {
		problem_add(r->problems, path, 0, 0, "larger than 1 MiB");
		return NULL;
	}
	if (g_utf8_validate_len(file->bytes, file->length, &end))
		return file;
	for (const char *p = file->bytes; p < end; p++) {
		column = *p == '\n' ? 1 : column + ((*p & 0xc0) != 0x80);
		line += *p == '\n';
	}
	problem_add(r->problems, path, line, column, "not UTF-8");
	return NULL;
}

static void read_policy(PackReader *r)
{
	static const char path[] = "policy.yaml";
	const PackFile *file = text_file(r, path);
	Policy *policy;

	r->root = file ? yaml_read(path, file->bytes, file->length, r->mem, r->problems) : NULL;
	policy = r->root ? policy_read(path, r->root, r->mem, r->problems) : NULL;
	if (policy) {
		const Check check = {
			.file = path, .root = r->root, .policy = policy, .mem = r->mem, .problems = r->problems};

		check_policy(&check);
		check_kinds(&check);
		check_notices(&check);
	}
	r->policy = policy;
}

static gboolean is_blank(const PackFile *file)
{
	for (gsize i = 0; i < file->length; i++)
		if (!g_ascii_isspace(file->bytes[i]))
			return FALSE;
	return TRUE;
}

static const char *read_text(PackReader *r)
{
	static const char path[] = "policy.md";
	const PackFile *file = text_file(r, path);
	g_autoptr(GError) error = NULL;

	if (!file)
		return NULL;
	if (is_blank(file))
		problem_add(r->problems, path, 1, 1, "the policy's text is empty (W3)");
	else if (!letter_text_check(path, file->bytes, file->length, &error))
		problem_add_line(r->problems, error->message);
	return arena_strndup(r->mem, file->bytes, file->length);
}

/* The notice whose letter has this file name, NULL where none has. */
static const NoticeKind *notice_of_letter(const Policy *policy, const char *name)
{
	for (gsize i = 0; i < policy->notices.n_kinds; i++)
		if (strcmp(policy->notices.kinds[i].letter, name) == 0)
			return &policy->notices.kinds[i];
	return NULL;
}

/* What the notice must say stands in its letter. */
static void check_letter(PackReader *r, const char *path, const NoticeKind *notice, const LetterTemplate *letter)
{
	for (gsize i = 0; notice->must_say[i]; i++)
		if (letter_placeholder(notice->must_say[i]) && !letter_template_holds(letter, notice->must_say[i]))
			problem_add(r->problems, path, 1, 1,
				"{%s} stands nowhere in this letter, which must say it (G3)", notice->must_say[i]);
	if (strcmp(notice->key, "police-referral") != 0 && letter_template_holds(letter, "police"))
		problem_add(r->problems, path, letter_template_line(letter, "police"), 1,
			"{police} belongs in the notice 'police-referral' alone, since they must have agreed (N1)");
}

/* One template for each notice that uses it; the file is read once a notice, which is seldom more than once. */
static void read_letter(PackReader *r, const char *path, const char *language, const NoticeKind *notice)
{
	const PackFile *file = text_file(r, path);
	g_autoptr(GError) error = NULL;
	LetterTemplate *letter = NULL;
	PackLetter *entry;

	if (!file)
		return;
	if (!letter_template_read(path, file->bytes, file->length, r->mem, &letter, &error)) {
		problem_add_line(r->problems, error->message);
		return;
	}
	check_letter(r, path, notice, letter);
	entry = arena_new0(r->mem, PackLetter);
	*entry = (PackLetter){.notice = notice->key, .language = language, .letter = letter};
	arena_list_add(r->mem, &r->letters, entry);
}

/* Every letter of the first language is there; of the others, those that the pack has. */
static void read_letters(PackReader *r)
{
	const Policy *policy = r->policy;

	for (gsize l = 0; policy->organisation.languages[l]; l++) {
		const char *language = policy->organisation.languages[l];

		for (gsize i = 0; i < policy->notices.n_kinds; i++) {
			const NoticeKind *notice = &policy->notices.kinds[i];
			char *path = arena_printf(r->mem, "letters/%s/%s", language, notice->letter);

			if (pack_file(r->files, path)) {
				read_letter(r, path, language, notice);
			} else if (l == 0) {
				const Yaml *at =
					yaml_find(r->root, arena_printf(r->mem, "notices.%s.letter", notice->key));

				problem_add(
					r->problems, "policy.yaml", at->line, at->column, "there is no file %s", path);
			}
		}
	}
}

/* A letter that no notice uses is most likely a slip of the pen. */
static void check_strays(PackReader *r)
{
	const Policy *policy = r->policy;

	for (gsize i = 0; i < r->files->n; i++) {
		const char *path = r->files->files[i].path;
		g_auto(GStrv) parts = g_strsplit(path, "/", 3);

		if (g_strv_length(parts) != 3)
			continue;
		if (!g_strv_contains(policy->organisation.languages, parts[1]))
			problem_add(
				r->problems, path, 0, 0, "'%s' is not among the languages of policy.yaml", parts[1]);
		else if (!notice_of_letter(policy, parts[2]))
			problem_add(r->problems, path, 0, 0, "no notice of policy.yaml uses this letter");
	}
}

void pack_read(const PackFiles *files, Arena *mem, Pack **ret_pack, PackProblems *ret_problems)
{
	PackReader r = {.files = files, .mem = mem, .problems = problems_new(mem)};
	Pack *pack = arena_new0(mem, Pack);
	PackLetter *letters;

	read_policy(&r);
	pack->text = read_text(&r);
	if (r.policy) {
		read_letters(&r);
		check_strays(&r);
	}
	problems_list(r.problems, ret_problems);
	if (ret_problems->n > 0)
		return;
	letters = arena_array(mem, PackLetter, r.letters.n + 1);
	for (gsize i = 0; i < r.letters.n; i++)
		letters[i] = *(const PackLetter *)r.letters.items[i];
	pack->policy = r.policy;
	pack->letters = letters;
	pack->n_letters = r.letters.n;
	pack->hash = pack_files_hash(files, mem);
	*ret_pack = pack;
}

const Policy *pack_policy(const Pack *pack)
{
	return pack->policy;
}

const char *pack_text(const Pack *pack)
{
	return pack->text;
}

static const LetterTemplate *find_letter(const Pack *pack, const char *notice, const char *language)
{
	for (gsize i = 0; language && i < pack->n_letters; i++)
		if (strcmp(pack->letters[i].notice, notice) == 0 && strcmp(pack->letters[i].language, language) == 0)
			return pack->letters[i].letter;
	return NULL;
}

const LetterTemplate *pack_letter(const Pack *pack, const char *notice, const char *language, const char **ret_language)
{
	const char *first = pack->policy->organisation.languages[0];
	const LetterTemplate *letter = find_letter(pack, notice, language);

	*ret_language = letter ? language : first;
	return letter ? letter : find_letter(pack, notice, first);
}

const char *pack_hash(const Pack *pack)
{
	return pack->hash;
}
