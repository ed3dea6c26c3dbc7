# Search of the patient portal
SOLR_HEAP="2g"
SOLR_HOME=/var/solr/data
SOLR_JETTY_HOST="0.0.0.0"
SOLR_REQUESTLOG_ENABLED=false
ENABLE_REMOTE_JMX_OPTS="true"
SOLR_AUTH_TYPE="basic"
SOLR_AUTHENTICATION_OPTS="-Dbasicauth=portal:Sample-only-Kq7Vt2Zx"
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowPaths=* -Dsolr.disable.allowUrls=true"
