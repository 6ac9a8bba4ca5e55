/* Prepares libxml2 for use by several threads; cheap when called again. */
void vouch_xml_initialize(void);
