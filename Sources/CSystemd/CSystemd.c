// All is in the header; the package manager wants one C file to make a module of.
#include "CSystemd.h"
