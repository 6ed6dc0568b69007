/**
 * Where the script of a further language begins: it fills the tables that the page's own script has left
 * empty (tools/page-texts.ts).
 * @module
 */

import 'virtual:texts';
