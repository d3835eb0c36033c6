"""Makes fraunces-display.woff2: the one weight and size of Fraunces that the pages use, 18 KB instead of 67.

    npm pack @fontsource-variable/fraunces@5.3.0 && tar xzf *.tgz
    pip install fonttools brotli
    python3 style/fonts/instance.py package/files/fraunces-latin-opsz-normal.woff2

Weight 500 (`.display` and `font-medium`); drawn for 40 px, between the smallest title (20) and the largest (52).
"""

import sys
from pathlib import Path

from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

font = instancer.instantiateVariableFont(TTFont(sys.argv[1]), {"opsz": 40, "wght": 500})
font.flavor = "woff2"
font.save(Path(__file__).with_name("fraunces-display.woff2"))
