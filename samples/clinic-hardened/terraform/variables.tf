variable "region" {
  type    = string
  default = "us-east-2"
}

variable "office_network" {
  description = "Addresses of the clinic's VPN."
  type        = string
  default     = "10.20.0.0/24"
}

variable "subnets" {
  type    = list(string)
  default = ["subnet-0a", "subnet-0b", "subnet-0c"]
}
