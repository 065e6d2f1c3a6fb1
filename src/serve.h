/* serve.h: the program at work: pages, API, gate and jobs in one process, or one role of them. */
#pragma once

int serve_command(int argc, char **argv);
