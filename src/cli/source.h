/* source.h: where the gate gets policies and the demonstration's time from: the program's room for acts. */
#pragma once

#include "acts/acts.h"
#include "gate/gate.h"

/* The Acts must outlive the gate. */
GateSource gate_source_of(Acts *acts);
