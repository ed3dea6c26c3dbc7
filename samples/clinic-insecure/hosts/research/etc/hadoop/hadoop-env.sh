export HADOOP_LOG_DIR=/var/log/hadoop
