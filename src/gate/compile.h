/* compile.h: a customer's arrangements as the core weighs them, from their rows. For snapshot.c alone.
 *
 * Most customers have one of a few dozen arrangements, so what was compiled is kept and shared: a restriction that
 * points at none of the customer's own identifiers or matters is the same for everybody. */
#pragma once

#include "gate/snapshot.h"

#include <jansson.h>

typedef struct GateCompiler GateCompiler;

/* Everything is borrowed; what is compiled lives in mem. */
GateCompiler *gate_compiler_new(
	const GateFacts *facts, const GateSource *source, Tx *tx, const Zone *zone, const Door *doors, Arena *mem);
void gate_compiler_free(GateCompiler *compiler);

typedef struct {
	const char *customer;            /* reference, as the snapshot holds it */
	const GateArrangementsRow *rows; /* of one customer */
	gsize n_rows;
	const GateIdentifiersRow *identifiers; /* likewise */
	gsize n_identifiers;
	const GateManaged *managed; /* needs and matters */
} GateToCompile;

/* What cannot be compiled is left out and counted. */
const Arrangement *const *gate_compile(GateCompiler *compiler, const GateToCompile *what, gsize *ret_n);

gsize gate_compiler_problems(const GateCompiler *compiler, const char **ret_first);
