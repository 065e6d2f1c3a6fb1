/* takes.c: what a customer's contact takes, beside what is usual. */
#include "patterns/takes.h"

#include "store/statements.h"

#include <stdlib.h>

static int by_size(const void *a, const void *b)
{
	const gint64 x = *(const gint64 *)a, y = *(const gint64 *)b;

	return (x > y) - (x < y);
}

/* The lower of the two in the middle, where their number is even. */
static gint64 median(Arena *mem, const TakesRow *rows, gsize n, gsize member)
{
	gint64 *values = arena_array(mem, gint64, n + 1);

	if (n == 0)
		return 0;
	for (gsize i = 0; i < n; i++)
		values[i] = G_STRUCT_MEMBER(gint64, &rows[i], member);
	qsort(values, n, sizeof *values, by_size);
	return values[(n - 1) / 2];
}

gboolean takes_beside_usual(
	Tx *tx, Arena *mem, const char *customer, Instant until, TakesBeside *ret_takes, GError **error)
{
	const Instant since = until - TAKES_DAYS * USEC_PER_DAY;
	TakesRow *own = NULL, *all = NULL;
	gsize n = 0;

	if (!sql_takes_of_customer(tx, mem, customer, since, until, &own, error) ||
		!sql_takes_of_all(tx, mem, since, until, &all, &n, error))
		return FALSE;
	*ret_takes = (TakesBeside){
		.days = TAKES_DAYS,
		.own = {.contacts = own->contacts, .minutes = own->minutes, .staff = own->staff},
		.usual = {.contacts = median(mem, all, n, G_STRUCT_OFFSET(TakesRow, contacts)),
			.minutes = median(mem, all, n, G_STRUCT_OFFSET(TakesRow, minutes)),
			.staff = median(mem, all, n, G_STRUCT_OFFSET(TakesRow, staff))},
		.customers = (gint64)n,
	};
	return TRUE;
}
