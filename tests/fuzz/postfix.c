/* Postfix's protocol: any bytes, whole and in two pieces, give the same answers. The first byte says where to cut. */
#include "fuzz.h"

#include "gate/lines.h"
#include "gate/postfix.h"
#include "gate/testing.h"

static Gate *idle_gate(void)
{
	static Gate *gate;

	if (gate == NULL) {
		g_autofree char *dir = g_dir_make_tmp("evenhand-fuzz-XXXXXX", NULL);
		const GateSettings settings = {
			.store = store_new("sqlite:/nowhere/at-all", NULL), .source = test_source, .journal_dir = dir};

		g_assert_true(gate_new(&settings, &gate, NULL));
	}
	return gate;
}

typedef struct {
	GateTurn turn;
	char *waiting;
	gsize n_waiting, scanned;
	void *state;
	gboolean ended;
} Peer;

static Peer peer_new(GateSnapshot *snapshot)
{
	return (Peer){.turn = {.gate = idle_gate(),
			      .snapshot = snapshot,
			      .batch = g_byte_array_new(),
			      .out = g_byte_array_new()},
		.waiting = g_malloc(1),
		.state = g_malloc0(POSTFIX_PROTOCOL.state_size)};
}

static void peer_send(Peer *peer, const guint8 *bytes, gsize n)
{
	char *all = g_malloc(peer->n_waiting + n + 1);
	gsize total = peer->n_waiting + n, at = 0;
	const char *trouble = NULL;
	gssize took = 1;

	if (peer->n_waiting > 0)
		memcpy(all, peer->waiting, peer->n_waiting);
	if (n > 0)
		memcpy(all + peer->n_waiting, bytes, n);
	while (!peer->ended && at < total && took > 0) {
		took = POSTFIX_PROTOCOL.take(&peer->turn, peer->state, all + at, total - at, &peer->scanned, &trouble);
		peer->ended = took < 0;
		g_assert_true(took <= (gssize)(total - at));
		g_assert_true(took >= 0 || trouble != NULL);
		if (took > 0) {
			at += (gsize)took;
			peer->scanned = 0;
		}
	}
	g_free(peer->waiting);
	peer->n_waiting = total - at;
	peer->waiting = g_memdup2(all + at, peer->n_waiting + 1);
	g_free(all);
}

static void peer_free(Peer *peer)
{
	g_byte_array_unref(peer->turn.batch);
	g_byte_array_unref(peer->turn.out);
	g_free(peer->waiting);
	g_free(peer->state);
}

int LLVMFuzzerTestOneInput(const guint8 *bytes, gsize n)
{
	static GateSnapshot *snapshot;
	gsize cut = n > 1 ? bytes[0] % n : 0;
	Peer whole, pieces;

	if (snapshot == NULL)
		snapshot = test_snapshot();
	if (n == 0)
		return 0;
	whole = peer_new(snapshot);
	pieces = peer_new(snapshot);
	peer_send(&whole, bytes + 1, n - 1);
	peer_send(&pieces, bytes + 1, MIN(cut, n - 1));
	peer_send(&pieces, bytes + 1 + MIN(cut, n - 1), n - 1 - MIN(cut, n - 1));
	g_assert_cmpint(whole.ended, ==, pieces.ended);
	g_assert_cmpuint(whole.turn.out->len, ==, pieces.turn.out->len);
	if (whole.turn.out->len > 0)
		g_assert_cmpint(memcmp(whole.turn.out->data, pieces.turn.out->data, whole.turn.out->len), ==, 0);
	g_assert_cmpuint(whole.turn.batch->len, ==, pieces.turn.batch->len);
	peer_free(&whole);
	peer_free(&pieces);
	return 0;
}
