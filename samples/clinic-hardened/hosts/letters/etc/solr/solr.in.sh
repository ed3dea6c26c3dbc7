# Search of the patient portal
SOLR_HEAP="2g"
SOLR_HOME=/var/solr/data
SOLR_JETTY_HOST="10.20.0.5"
SOLR_REQUESTLOG_ENABLED=true
SOLR_SSL_ENABLED=true
SOLR_SSL_KEY_STORE=/var/solr/tls/server.p12
SOLR_SSL_CHECK_PEER_NAME=true
SOLR_AUTH_TYPE="basic"
SOLR_AUTHENTICATION_OPTS="-Dsolr.httpclient.config=/etc/solr/client.properties"
SOLR_OPTS="$SOLR_OPTS -Dsolr.allowPaths=/mnt/backup"
