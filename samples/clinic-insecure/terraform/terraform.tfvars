# Overrides the safe default of variables.tf.
publicly_accessible = true
database_password   = "Nw7tZ3kXq9LvB5mR"
