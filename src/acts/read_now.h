/* read_now.h: what 'contact, now' shows beside the look-up and the customer (read.h): what somebody has just logged, so
 * that nothing is logged twice unsaid, and the letters that are to be read out at the next contact (N5). */
#pragma once

#include "acts/read.h"

/* A contact that the person who asks logged themself. */
typedef struct {
	const char *ref, *matter, *purpose; /* NULL */
	gboolean held;                      /* they were put on hold, and no more was logged */
	Instant at;                         /* when it was logged */
} LoggedContact;

typedef struct {
	const char *ref, *casefile, *title, *subject, *text;
	gboolean came_back; /* it was sent, and returned */
} NoticeToRead;

/* Whom the page is about, and how they are in touch. */
typedef struct {
	const char *customer;   /* NULL: not known */
	const char *identifier; /* the number's or address's one form; NULL */
	Channel channel;
	Direction direction;
} NowQuestion;

typedef struct {
	const LoggedContact *logged; /* the last of today with them, on this channel and in this direction; NULL */
	const NoticeToRead *notices;
	gsize n_notices;
} NowView;

/* Letters that are to be read out are seen by whoever takes the contact; that they were looked at is recorded (K4). */
gboolean read_now(Acts *acts, Arena *mem, const ActCaller *caller, const NowQuestion *question, NowView **ret_view,
	GError **error) MUST_CHECK;
