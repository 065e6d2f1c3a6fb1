/* journal.h: how far the gate's journal was taken in. The taking itself is an act ('take-in-contacts', by machine, a
 * batch an act); what the gate answered becomes contacts, owned work (G6) and used allowances. */
#pragma once

#include "acts/acts.h"

/* The position behind the last entry that was taken in of a gate's journal; 0: none was. */
gboolean journal_taken(Acts *acts, Arena *mem, const char *gate, gint64 *ret_position, GError **error) MUST_CHECK;

/* Strangers are counted for the pack's days and then forgotten. */
gboolean journal_forget_strangers(Acts *acts, GError **error) MUST_CHECK;
