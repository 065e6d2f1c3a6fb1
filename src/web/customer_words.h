/* customer_words.h: parts of a customer's page that other pages say too. */
#pragma once

#include "acts/read.h"
#include "web/visit.h"

/* "by e-mail", "read out" … */
const char *delivery_in_words(const char *delivery);
/* A number or address as people read it: "020 7946 0199". */
const char *number_in_words(const Visit *visit, const char *kind, const char *value);
/* "Not sent yet: to be read out", "Sent on 24 November 2026, by post" */
const char *letter_in_words(const Visit *visit, const LetterView *letter);
