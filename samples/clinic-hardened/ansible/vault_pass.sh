#!/bin/sh
exec secret-tool lookup vault clinic
