/* routes.h: `evenhand routes` prints the route tables of pages and API: method, path, and who may come. An office can
 * read there who opens what, and the tests of rights are made from it. It needs no database. */
#pragma once

int routes_command(int argc, char **argv);
