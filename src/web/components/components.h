/* components.h: all components, for a page's template. */
#pragma once

#include "web/components/content.h"
#include "web/components/forms.h"
#include "web/components/layout.h"
#include "web/components/moj.h"
#include "web/components/navigation.h"
