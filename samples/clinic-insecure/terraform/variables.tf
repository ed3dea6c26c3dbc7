variable "region" {
  type    = string
  default = "us-east-2"
}

variable "database_password" {
  type = string
}

variable "publicly_accessible" {
  type    = bool
  default = false
}
