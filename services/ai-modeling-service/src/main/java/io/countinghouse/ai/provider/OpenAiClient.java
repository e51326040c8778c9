package io.countinghouse.ai.provider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.HttpHeaders;

/** OpenAI's chat completions, as far as every compatible server has them. */
interface OpenAiClient {

    @POST
    @Path("/chat/completions")
    Uni<JsonNode> complete(@HeaderParam(HttpHeaders.AUTHORIZATION) String authorization, ObjectNode request);
}
